#include "clients/accordctl/core/command_example.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/field_paths.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/kebab_case.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/request_line.h"

namespace accord::ctl {
namespace {

// This gives how a required field is written on a line. A message is given by its required fields, or else by
// its first optional one.
std::string ExampleOptionsOf(const FieldDescriptor* field) {
  if (!IsNestedField(field)) return absl::StrCat(" --", KebabCase(field->name()), " ...");
  std::vector<std::string> paths = GivenFieldPaths(field, /*required=*/true);
  if (paths.empty()) {
    paths = GivenFieldPaths(field);
    paths.resize(std::min<std::size_t>(paths.size(), 1));
  }
  std::string line;
  for (const std::string& path : paths) absl::StrAppend(&line, " --set ", path, "=...");
  return line;
}

}  // namespace

std::string ExampleOfCommand(const Command& command) {
  std::string line = TypedCommand(command);
  if (TakesName(command)) {
    const auto resource = ResourceOf(command);
    const bool of_agency = resource && resource->option.singular() == "agency";
    absl::StrAppend(&line, of_agency  ? " cas-york"
                           : resource ? " 01m8a5dx"
                                      : " agencies/cas-york/referrals/01m8a5dx");
  }
  for (int i = 0; i < command.request()->field_count(); ++i) {
    const FieldDescriptor* field = command.request()->field(i);
    const std::string& name = field->name();
    const bool filled_in =
        name == "name" || name == "parent" || name == "etag" || name == "request_id" || name == "update_mask";
    if (!FieldRuleOf(field).required() || filled_in || field == command.body()) continue;
    line += ExampleOptionsOf(field);
  }
  return command.body() == nullptr ? line : line + " -f FILE";
}

}  // namespace accord::ctl
