// Words that a list was narrowed by. A list of what nobody has is as empty as one of what was misspelt, and
// its reader would take the one for the other.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_ASKED_WORDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_ASKED_WORDS_H_

#include <string>

#include "absl/status/status.h"
#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

// For a list that came back empty: INVALID_ARGUMENT for an agency, a method or a word of a look-up in the
// fields of its request or in its filter that there is not, with what is near. Of what this caller may not
// look up standard error says so.
absl::Status CheckAskedWords(CommandSession* session, const Command& list, const Json& request);

// For what was not found under `name`, which may begin with an agency that there is not: the same status,
// which says so and names those that are near. As it is where the caller may not list agencies, or the agency
// is there.
absl::Status WithNearAgencies(CommandSession* session, const absl::Status& status, const std::string& name);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_ASKED_WORDS_H_
