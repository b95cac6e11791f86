// This checks the words that a list was filtered by. A list for a word that does not exist is as empty as one
// for a misspelt word, and its reader could not tell the two apart.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_ASKED_WORDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_ASKED_WORDS_H_

#include <string>

#include "absl/status/status.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/json.h"

namespace accord::ctl {

// A list that came back empty returns INVALID_ARGUMENT, with similar words, if a field of its request or its
// filter has an agency, a method or a word of a look-up that does not exist. Words that this caller may not
// look up are reported on standard error.
absl::Status CheckAskedWords(CommandSession* session, const Command& list, const Json& request);

// If a record `name` was not found, this gives the same status with similar agencies added, if the name
// begins with an agency that does not exist. The status stays unchanged if the caller may not list agencies,
// or if the agency exists.
absl::Status WithAskedAgencyExplained(CommandSession* session, const absl::Status& status,
                                      const std::string& name);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_ASKED_WORDS_H_
