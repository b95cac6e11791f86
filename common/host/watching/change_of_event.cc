#include "common/host/watching/change_of_event.h"

#include <initializer_list>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/access/sensitive.h"
#include "common/base/clock.h"
#include "common/host/watching/names_in_record.h"
#include "common/storage/records/feed.h"

namespace accord::host {
namespace {

using annotations::v1::SensitiveClass;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// This gives the first field of this type that a record has under one of these names, or null if there
// is none.
const FieldDescriptor* FirstFieldOf(const Message& record, std::initializer_list<const char*> names,
                                    FieldDescriptor::CppType type) {
  for (const char* name : names) {
    const FieldDescriptor* field = record.GetDescriptor()->FindFieldByName(name);
    if (field != nullptr && !field->is_repeated() && field->cpp_type() == type) return field;
  }
  return nullptr;
}

// This says whether the fields of a request, apart from those inside a whole record, are only of
// these classes.
bool EventHasOnlyClasses(const Descriptor* request, const std::set<SensitiveClass>& classes,
                         std::set<const Descriptor*>* seen) {
  if (!seen->insert(request).second) return true;
  for (int i = 0; i < request->field_count(); ++i) {
    const FieldDescriptor* field = request->field(i);
    const SensitiveClass sensitive = SensitiveClassOf(field);
    const bool open = sensitive == annotations::v1::SENSITIVE_CLASS_UNSPECIFIED;
    if (!open && !classes.contains(sensitive)) return false;
    const Descriptor* inner = field->message_type();
    if (inner == nullptr || inner->options().HasExtension(annotations::v1::resource)) continue;
    if (!EventHasOnlyClasses(inner, classes, seen)) return false;
  }
  return true;
}

// This gives the RPC if its name reveals nothing that is masked for the caller: for example, only those who
// may read of a youth matter are told that one was recorded.
std::string VerbOf(const std::string& act, const std::set<SensitiveClass>& classes) {
  if (act.empty()) return "";
  const auto* method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(act);
  std::set<const Descriptor*> seen;
  if (method == nullptr || !EventHasOnlyClasses(method->input_type(), classes, &seen)) return "";
  return method->name();
}

}  // namespace

v1::Change ChangeOfEvent(const storage::Event& event, const std::string& kind, const Message& record,
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
  if (const auto* state = FirstFieldOf(record, {"state", "stage", "status"}, FieldDescriptor::CPPTYPE_ENUM)) {
    const int number = reflection->GetEnumValue(record, state);
    if (number != 0) change.set_state(ShortName(state->enum_type(), number));
  }
  if (const auto* by = FirstFieldOf(record, {"assignee", "lead_crown"}, FieldDescriptor::CPPTYPE_STRING)) {
    change.set_assignee(reflection->GetString(record, by));
  }
  const auto* due = FirstFieldOf(record, {"next_due"}, FieldDescriptor::CPPTYPE_MESSAGE);
  if (due != nullptr && due->message_type() == google::protobuf::Timestamp::descriptor() &&
      reflection->HasField(record, due)) {
    change.mutable_next_due()->CopyFrom(reflection->GetMessage(record, due));
  }
  return change;
}

}  // namespace accord::host
