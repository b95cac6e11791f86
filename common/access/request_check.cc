#include "common/access/request_check.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/access/record_names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/folded.h"
#include "common/base/ids.h"

namespace accord {
namespace {

using annotations::v1::FieldRule;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

using Violations = std::vector<std::pair<std::string, std::string>>;

bool IsRequestId(std::string_view s) {
  if (s.size() < 8 || s.size() > 64) return false;
  for (unsigned char c : s) {
    if (!absl::ascii_isalnum(c) && c != '-' && c != '_') return false;
  }
  return true;
}

// This says whether the text is a resource name: `collection/id` pairs of at most 256 bytes in all, with
// collections in camelCase and ids of a-z, 0-9 and -.
bool IsResourceName(std::string_view s) {
  if (s.empty() || s.size() > 256 || s.front() == '/' || s.back() == '/') return false;
  int parts = 1;
  char last = '\0';
  for (char c : s) {
    const auto u = static_cast<unsigned char>(c);
    if (c == '/') {
      if (last == '/') return false;
      ++parts;
    } else if (absl::ascii_isupper(u)) {
      if (parts % 2 == 0) return false;
    } else if (!absl::ascii_islower(u) && !absl::ascii_isdigit(u) && c != '-') {
      return false;
    }
    last = c;
  }
  return parts % 2 == 0;
}

// This says whether the text holds a character that changes the direction of what follows it, U+202A to
// U+202E or U+2066 to U+2069, so that people read another text than the one that is stored.
bool TurnsText(std::string_view text) {
  for (std::size_t at = text.find('\xe2'); at != std::string_view::npos && at + 2 < text.size();
       at = text.find('\xe2', at + 1)) {
    const auto second = static_cast<unsigned char>(text[at + 1]);
    const auto third = static_cast<unsigned char>(text[at + 2]);
    if (second == 0x80 && third >= 0xaa && third <= 0xae) return true;
    if (second == 0x81 && third >= 0xa6 && third <= 0xa9) return true;
  }
  return false;
}

// This says whether nothing of the text is visible: it has only spaces of any kind, line ends and characters
// without width.
bool IsBlank(const std::string& text) {
  const bool seen = !text.empty() && absl::ascii_isgraph(static_cast<unsigned char>(text.front()));
  return !seen && Folded(text).empty();
}

const char* FormFault(annotations::v1::StringForm form, const std::string& value) {
  switch (form) {
    case annotations::v1::STRING_FORM_DATE:
      return ParseDay(value) ? nullptr : "must be a day, YYYY-MM-DD";
    case annotations::v1::STRING_FORM_RESOURCE_NAME:
      return IsResourceName(value) ? nullptr : "must be a resource name such as agencies/cas-york";
    case annotations::v1::STRING_FORM_ID:
      return IsId(value) ? nullptr : "must be 1 to 63 of a-z, 0-9 and -, starting with a letter";
    case annotations::v1::STRING_FORM_REQUEST_ID:
      return IsRequestId(value) ? nullptr : "must be 8 to 64 letters, digits, - or _";
    default:
      return nullptr;
  }
}

// This gives what is wrong with a name of a kind of record that the field is not for; it is empty if
// nothing is.
std::string KindFault(const FieldDescriptor& field, const FieldRule& rule, const std::string& value) {
  const bool names = rule.form() == annotations::v1::STRING_FORM_RESOURCE_NAME || field.name() == "name";
  if (value.empty() || !names) return "";
  const std::vector<std::string>& patterns = NamePatterns(field);
  const bool fits = std::any_of(patterns.begin(), patterns.end(),
                                [&](const std::string& pattern) { return HasPattern(value, pattern); });
  if (fits || patterns.empty()) return "";
  std::vector<std::string> shown;
  for (const std::string& pattern : patterns) shown.push_back(ShownPattern(pattern));
  return absl::StrCat("is of another kind: ", absl::StrJoin(shown, " or "), " is expected");
}

void CheckMessage(Message* message, const std::string& prefix, Violations* violations);

void CheckString(const FieldDescriptor& field, const FieldRule& rule, const std::string& value,
                 const std::string& path, Violations* violations) {
  const uint32_t max = rule.max() != 0 ? rule.max() : kMaxStringBytes;
  if (value.size() > max) {
    violations->emplace_back(path, absl::StrCat("is longer than ", max, " bytes"));
  } else if (value.find('\0') != std::string::npos) {
    violations->emplace_back(path, "contains NUL");
  } else if (TurnsText(value)) {
    violations->emplace_back(path, "contains a character that turns the direction of writing");
  } else if (const char* fault = FormFault(rule.form(), value); fault != nullptr && !value.empty()) {
    violations->emplace_back(path, fault);
  } else if (std::string other = KindFault(field, rule, value); !other.empty()) {
    violations->emplace_back(path, std::move(other));
  }
}

void CheckEnum(const FieldDescriptor* field, int number, const std::string& path, Violations* violations) {
  if (field->enum_type()->FindValueByNumber(number) == nullptr) {
    violations->emplace_back(path, "is a number that this version does not know");
  }
}

void CheckRepeated(Message* message, const FieldDescriptor* field, const FieldRule& rule,
                   const std::string& path, Violations* violations) {
  const auto* reflection = message->GetReflection();
  const int size = reflection->FieldSize(*message, field);
  const auto max = static_cast<int>(rule.max() != 0 ? rule.max() : kMaxElements);
  if (rule.required() && size == 0) violations->emplace_back(path, "is required");
  if (size > max) {
    violations->emplace_back(path, absl::StrCat("has more than ", max, " elements"));
    return;
  }
  for (int i = 0; i < size; ++i) {
    const std::string element = absl::StrCat(path, "[", i, "]");
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING: {
        const std::string value = reflection->GetRepeatedString(*message, field, i);
        if (field->type() == FieldDescriptor::TYPE_BYTES) break;
        if (IsBlank(value)) violations->emplace_back(element, "is empty");
        FieldRule each = rule;
        each.clear_max();
        CheckString(*field, each, value, element, violations);
        break;
      }
      case FieldDescriptor::CPPTYPE_ENUM: {
        const int number = reflection->GetRepeatedEnumValue(*message, field, i);
        if (number == 0) violations->emplace_back(element, "is not set");
        CheckEnum(field, number, element, violations);
        break;
      }
      case FieldDescriptor::CPPTYPE_MESSAGE:
        CheckMessage(reflection->MutableRepeatedMessage(message, field, i), element + ".", violations);
        break;
      default:
        break;
    }
  }
}

void CheckSingular(Message* message, const FieldDescriptor* field, const FieldRule& rule,
                   const std::string& path, Violations* violations) {
  const auto* reflection = message->GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (reflection->HasField(*message, field)) {
        CheckMessage(reflection->MutableMessage(message, field), path + ".", violations);
      } else if (rule.required()) {
        violations->emplace_back(path, "is required");
      }
      return;
    case FieldDescriptor::CPPTYPE_ENUM:
      CheckEnum(field, reflection->GetEnumValue(*message, field), path, violations);
      break;
    case FieldDescriptor::CPPTYPE_STRING:
      if (field->type() == FieldDescriptor::TYPE_STRING) {
        CheckString(*field, rule, reflection->GetString(*message, field), path, violations);
      }
      break;
    default:
      break;
  }
  const bool blank = field->type() == FieldDescriptor::TYPE_STRING && reflection->HasField(*message, field) &&
                     IsBlank(reflection->GetString(*message, field));
  if (rule.required() && (blank || !reflection->HasField(*message, field)))
    violations->emplace_back(path, "is required");
}

// The limits of page_size are the same for every list.
void CheckPageSize(const Message& request, Violations* violations) {
  const auto* field = request.GetDescriptor()->FindFieldByName("page_size");
  if (field == nullptr || field->is_repeated() || field->cpp_type() != FieldDescriptor::CPPTYPE_INT32) return;
  if (request.GetReflection()->GetInt32(request, field) < 0) {
    violations->emplace_back("page_size", "must not be negative");
  }
}

void CheckMessage(Message* message, const std::string& prefix, Violations* violations) {
  const auto* descriptor = message->GetDescriptor();
  // Well-known types have no field rules and constraints of their own.
  if (descriptor->file()->package() == "google.protobuf") return;
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    const FieldRule& rule = field->options().GetExtension(annotations::v1::rule);
    if (rule.output_only()) {
      message->GetReflection()->ClearField(message, field);
      continue;
    }
    const std::string path = prefix + field->name();
    if (field->is_repeated()) {
      CheckRepeated(message, field, rule, path, violations);
    } else {
      CheckSingular(message, field, rule, path, violations);
    }
  }
}

// An update carries a partial resource, so its required fields are checked by the handler after
// the merge.
void DropRequiredOutsideMask(const Message& request, Violations* violations) {
  if (request.GetDescriptor()->FindFieldByName("update_mask") == nullptr) return;
  std::erase_if(*violations, [](const auto& violation) {
    return violation.second == "is required" && violation.first.find('.') != std::string::npos;
  });
}

}  // namespace

absl::Status CheckRequest(Message* request) {
  Violations violations;
  CheckMessage(request, "", &violations);
  CheckPageSize(*request, &violations);
  DropRequiredOutsideMask(*request, &violations);
  return violations.empty() ? absl::OkStatus() : RefuseFields(violations);
}

}  // namespace accord
