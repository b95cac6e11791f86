#include "services/supports/place_check.h"

#include <regex>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "services/supports/place_words.h"

namespace accord::supports {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsFreeTextField(const FieldDescriptor& field) {
  return field.type() == FieldDescriptor::TYPE_STRING &&
         field.options().GetExtension(annotations::v1::rule).form() ==
             annotations::v1::STRING_FORM_UNSPECIFIED;
}

// This gives the path of the first text that looks like a place. The result is empty if none does.
std::string FieldWithPlace(const Message& message, const std::string& prefix) {
  if (!absl::StartsWith(message.GetDescriptor()->full_name(), "accord.")) return "";
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const std::string path = prefix + field->name();
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->message_type() != nullptr) {
        const Message& inner = field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                                    : reflection->GetMessage(message, field);
        std::string found = FieldWithPlace(inner, path + ".");
        if (!found.empty()) return found;
      } else if (IsFreeTextField(*field)) {
        const std::string text = field->is_repeated() ? reflection->GetRepeatedString(message, field, i)
                                                      : reflection->GetString(message, field);
        if (LooksLikePlace(text)) return path;
      }
    }
  }
  return "";
}

}  // namespace

absl::Status CheckNoPlace(const Message& request) {
  const std::string path = FieldWithPlace(request, "");
  if (path.empty()) return absl::OkStatus();
  return RefuseField(rules::kAddressInText, path,
                     "must not have what looks like the address of a place in it");
}

}  // namespace accord::supports
