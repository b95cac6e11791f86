// The words that fields take, for help and for completion: those of an enum, and those that a look-up lists.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_VOCABULARY_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_VOCABULARY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/commands.h"

namespace accord::ctl {

// "`accordctl grounds list` lists the words."; empty for a field whose words no command lists.
std::string LookupText(const FieldDescriptor& field);

// The words of a field that are in its look-up's answer, whatever stands in them; as many as the first pages
// have. NOT_FOUND if no command lists them.
absl::StatusOr<std::vector<std::string>> LookedUpWords(CommandSession* session, const FieldDescriptor& field);

// The field that a path such as `counts.0.section` leads to in a resource or a request. Null if there is
// no such field.
const FieldDescriptor* FieldAtPath(const Descriptor* type, const std::string& path);

// The paths under which `--set` takes what a person gives in a field, such as `handed.safe_contact.channel`;
// 0 stands for an element of a list. With `required`, only those of what must be given.
std::vector<std::string> GivenPaths(const FieldDescriptor* field, bool required = false);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_VOCABULARY_H_
