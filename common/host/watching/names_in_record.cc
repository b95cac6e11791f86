#include "common/host/watching/names_in_record.h"

#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace accord::host {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// This says whether `is` returns true for any text of a record.
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

}  // namespace accord::host
