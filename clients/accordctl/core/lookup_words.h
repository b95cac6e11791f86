// This file is about the words that a field takes because a look-up lists them, for help and completion.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_LOOKUP_WORDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_LOOKUP_WORDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/commands.h"

namespace accord::ctl {

// This gives "`accordctl grounds list` lists the words."; it is empty for a field whose words no
// command lists.
std::string LookupText(const FieldDescriptor& field);

// This gives the words of a field from the first pages of its look-up. It returns NOT_FOUND if no command
// lists them. The words are not checked for hidden characters.
absl::StatusOr<std::vector<std::string>> LookedUpWords(CommandSession* session, const FieldDescriptor& field);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_LOOKUP_WORDS_H_
