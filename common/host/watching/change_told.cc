#include "common/host/watching/change_told.h"

#include <initializer_list>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/access/sensitive.h"
#include "common/base/clock.h"
#include "common/storage/records/feed.h"

namespace accord::host {
namespace {

using annotations::v1::SensitiveClass;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Gives the first field of this type that a record has under one of these names; null if there
// is none.
const FieldDescriptor* FieldOf(const Message& record, std::initializer_list<const char*> names,
                               FieldDescriptor::CppType type) {
  for (const char* name : names) {
    const FieldDescriptor* field = record.GetDescriptor()->FindFieldByName(name);
    if (field != nullptr && !field->is_repeated() && field->cpp_type() == type) return field;
  }
  return nullptr;
}

// Whether `is` returns true for any text of a record.
bool AnyText(const Message& record, absl::FunctionRef<bool(const std::string& text)> is) {
  const auto* reflection = record.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(record, &fields);
  for (const FieldDescriptor* field : fields) {
    const int size = field->is_repeated() ? reflection->FieldSize(record, field) : 1;
    for (int i = 0; i < size; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        const Message& inner = field->is_repeated() ? reflection->GetRepeatedMessage(record, field, i)
                                                    : reflection->GetMessage(record, field);
        if (AnyText(inner, is)) return true;
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        const std::string text = field->is_repeated() ? reflection->GetRepeatedString(record, field, i)
                                                      : reflection->GetString(record, field);
        if (is(text)) return true;
      }
    }
  }
  return false;
}

// Whether the fields of a request, apart from those inside a whole record, are only of
// these classes.
bool SaysOnly(const Descriptor* request, const std::set<SensitiveClass>& classes,
              std::set<const Descriptor*>* seen) {
  if (!seen->insert(request).second) return true;
  for (int i = 0; i < request->field_count(); ++i) {
    const FieldDescriptor* field = request->field(i);
    const SensitiveClass sensitive = SensitiveClassOf(field);
    const bool open = sensitive == annotations::v1::SENSITIVE_CLASS_UNSPECIFIED;
    if (!open && !classes.contains(sensitive)) return false;
    const Descriptor* inner = field->message_type();
    if (inner == nullptr || inner->options().HasExtension(annotations::v1::resource)) continue;
    if (!SaysOnly(inner, classes, seen)) return false;
  }
  return true;
}

// Gives the RPC if its name reveals nothing that is masked for the caller: for example, only those
// who may read of a youth matter are told that one was recorded.
std::string VerbOf(const std::string& act, const std::set<SensitiveClass>& classes) {
  if (act.empty()) return "";
  const auto* method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(act);
  std::set<const Descriptor*> seen;
  if (method == nullptr || !SaysOnly(method->input_type(), classes, &seen)) return "";
  return method->name();
}

}  // namespace

bool NamesAgency(const Message& record, const std::string& agency) {
  const std::string name = absl::StrCat("agencies/", agency), below = absl::StrCat(name, "/");
  return AnyText(record, [&](const std::string& text) {
    return text == agency || text == name || absl::StartsWith(text, below);
  });
}

bool NamesActor(const Message& record, const std::string& agency, const std::string& actor) {
  const std::string name = absl::StrCat("agencies/", agency, "/actors/", actor);
  return AnyText(record, [&](const std::string& text) { return text == actor || text == name; });
}

v1::Change ChangeOf(const storage::Event& event, const std::string& kind, const Message& record,
                    const std::set<SensitiveClass>& classes, const std::string& reader) {
  const auto* reflection = record.GetReflection();
  v1::Change change;
  change.set_kind(kind);
  change.set_name(event.name);
  *change.mutable_time() = ToProto(event.at);
  change.set_verb(VerbOf(event.act, classes));
  const bool known =
      event.agency == reader || event.agency == storage::kPlatform || NamesAgency(record, event.agency);
  if (!event.agency.empty() && known) change.set_agency(event.agency);
  if (const auto* state = FieldOf(record, {"state", "stage", "status"}, FieldDescriptor::CPPTYPE_ENUM)) {
    const int number = reflection->GetEnumValue(record, state);
    if (number != 0) change.set_state(ShortName(state->enum_type(), number));
  }
  if (const auto* by = FieldOf(record, {"assignee", "lead_crown"}, FieldDescriptor::CPPTYPE_STRING)) {
    change.set_assignee(reflection->GetString(record, by));
  }
  const auto* due = FieldOf(record, {"next_due"}, FieldDescriptor::CPPTYPE_MESSAGE);
  if (due != nullptr && due->message_type() == google::protobuf::Timestamp::descriptor() &&
      reflection->HasField(record, due)) {
    change.mutable_next_due()->CopyFrom(reflection->GetMessage(record, due));
  }
  return change;
}

}  // namespace accord::host
