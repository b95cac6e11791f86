// The words that fields take, for help and completion: those of an enum, and those that a
// look-up lists.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_VOCABULARY_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_VOCABULARY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/commands.h"

namespace accord::ctl {

// Gives "`accordctl grounds list` lists the words."; empty for a field whose words no
// command lists.
std::string LookupText(const FieldDescriptor& field);

// Gives the words of a field from the first pages of its look-up. NOT_FOUND if no command lists
// them. The words are not checked for hidden characters.
absl::StatusOr<std::vector<std::string>> LookedUpWords(CommandSession* session, const FieldDescriptor& field);

// Gives the field to which a path such as `counts.0.section` leads in a resource or a request; null
// if there is none.
const FieldDescriptor* FieldAtPath(const Descriptor* type, const std::string& path);

// Gives the `--set` paths for what a person can give in a field, such as
// `handed.safe_contact.channel`; 0 stands for an element of a list. With `required`, only the paths
// of required fields.
std::vector<std::string> GivenFieldPaths(const FieldDescriptor* field, bool required = false);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_VOCABULARY_H_
