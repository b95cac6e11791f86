#include "clients/accordctl/core/field_paths.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/request_line.h"

namespace accord::ctl {
namespace {

// This adds the paths of one field, which is below `before` in the messages `above`.
void AddFieldPaths(const FieldDescriptor* field, const std::string& before, bool required,
                   std::vector<const Descriptor*> above, std::vector<std::string>* paths) {
  const std::string path = absl::StrCat(before, field->name(), field->is_repeated() ? ".0" : "");
  if (!IsNestedField(field)) {
    paths->push_back(path);
    return;
  }
  const Descriptor* type = field->message_type();
  // A message nested in itself would not end.
  if (std::find(above.begin(), above.end(), type) != above.end()) return;
  above.push_back(type);
  for (int i = 0; i < type->field_count(); ++i) {
    const auto rule = FieldRuleOf(type->field(i));
    if (rule.output_only() || (required && !rule.required())) continue;
    AddFieldPaths(type->field(i), path + ".", required, above, paths);
  }
}

}  // namespace

const FieldDescriptor* FieldAtPath(const Descriptor* type, const std::string& path) {
  const FieldDescriptor* field = nullptr;
  const std::vector<std::string> parts = absl::StrSplit(path, '.');
  for (const std::string& part : parts) {
    int index = 0;
    // An element of a list has the list's type.
    if (field != nullptr && field->is_repeated() && absl::SimpleAtoi(part, &index)) continue;
    field = type == nullptr ? nullptr : type->FindFieldByName(part);
    if (field == nullptr) return nullptr;
    type = IsNestedField(field) ? field->message_type() : nullptr;
  }
  return field;
}

std::vector<std::string> GivenFieldPaths(const FieldDescriptor* field, bool required) {
  std::vector<std::string> paths;
  AddFieldPaths(field, "", required, {}, &paths);
  return paths;
}

}  // namespace accord::ctl
