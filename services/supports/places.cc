#include "services/supports/places.h"

#include <regex>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/base/field_refusal.h"
#include "common/base/folded.h"

namespace accord::supports {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsFreeText(const FieldDescriptor& field) {
  return field.type() == FieldDescriptor::TYPE_STRING &&
         field.options().GetExtension(annotations::v1::rule).form() ==
             annotations::v1::STRING_FORM_UNSPECIFIED;
}

// Gives the path of the first text that looks like a place; empty if none does.
std::string PlaceAt(const Message& message, const std::string& prefix) {
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
        std::string found = PlaceAt(inner, path + ".");
        if (!found.empty()) return found;
      } else if (IsFreeText(*field)) {
        const std::string text = field->is_repeated() ? reflection->GetRepeatedString(message, field, i)
                                                      : reflection->GetString(message, field);
        if (LooksLikePlace(text)) return path;
      }
    }
  }
  return "";
}

}  // namespace

bool NamesAStreet(std::string_view text) {
  static const std::regex street(
      "[^ ] (street|avenue|ave|road|rd|drive|lane|boulevard|blvd|crescent|cres|sideroad|concession)\\b"
      "|\\b(rue|avenue|chemin|boulevard|allee|montee) (de|des|du|d')");
  return std::regex_search(Folded(text), street);
}

absl::Status CheckNoPlace(const Message& request) {
  const std::string path = PlaceAt(request, "");
  if (path.empty()) return absl::OkStatus();
  return RefuseField(rules::kAddressInText, path,
                     "must not have what looks like the address of a place in it");
}

}  // namespace accord::supports
