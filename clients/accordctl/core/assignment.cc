#include "clients/accordctl/core/assignment.h"

#include <set>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/document_limits.h"

namespace accord::ctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// This is the place in a message type to which a path has led.
struct FieldPath {
  // This is the message type in which the next part names a field; it is null if it is not known.
  const Descriptor* type = nullptr;
  const FieldDescriptor* field = nullptr;
  // The path names one element of a repeated field by its index.
  bool element = false;

  void Enter(const std::string& part) {
    field = type == nullptr ? nullptr : type->FindFieldByName(part);
    if (field == nullptr && type != nullptr) field = type->FindFieldByCamelcaseName(part);
    type = field == nullptr ? nullptr : field->message_type();
    element = false;
  }
};

// This says whether the JSON form of a value is the text itself.
bool IsAssignedAsText(const FieldDescriptor* field) {
  static const auto& written_as_text = *new std::set<std::string>{
      "google.protobuf.Timestamp", "google.protobuf.Duration", "google.protobuf.FieldMask"};
  if (field->message_type() != nullptr) return written_as_text.contains(field->message_type()->full_name());
  return field->cpp_type() == FieldDescriptor::CPPTYPE_STRING ||
         field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM;
}

Json AssignedValue(const std::string& text, const FieldPath& place) {
  const auto read = ParseJson(text);
  if (place.field != nullptr && IsAssignedAsText(place.field)) {
    const bool list = place.field->is_repeated() && !place.element && read.ok() && read->is_array();
    // A message is removed by null; a text is emptied by nothing after the equals sign.
    const bool unset = place.field->message_type() != nullptr && text == "null";
    return list || unset ? *read : Json(text);
  }
  return read.ok() && !read->is_number() ? *read : Json(text);
}

}  // namespace

absl::Status ApplyAssignment(Json* json, const std::string& assignment, const Descriptor* type) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0) {
    return absl::InvalidArgumentError(absl::StrCat(assignment, ": write it as FIELD=VALUE"));
  }
  const std::vector<std::string> parts = absl::StrSplit(assignment.substr(0, equals), '.');
  const auto fault = [&](const char* what) {
    return absl::InvalidArgumentError(absl::StrCat(assignment.substr(0, equals), ": ", what));
  };
  if (parts.size() > kMaxDocumentDepth) return fault("is too deep");
  Json* at = json;
  FieldPath place{type};
  for (const std::string& part : parts) {
    std::size_t index = 0;
    if (absl::SimpleAtoi(part, &index)) {
      if (index > 255) return fault("index too large");
      if (!at->is_null() && !at->is_array()) return fault("a number is for a list, and this is none");
      while (!at->is_array() || at->size() <= index) at->push_back(nullptr);
      at = &(*at)[index];
      place.element = true;
    } else {
      if (!at->is_null() && !at->is_object()) return fault("a word is for a mapping, and this is none");
      at = &(*at)[part];
      place.Enter(part);
    }
  }
  *at = AssignedValue(assignment.substr(equals + 1), place);
  return absl::OkStatus();
}

}  // namespace accord::ctl
