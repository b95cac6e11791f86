// This compares the indicators of a referral, which are free text, with the known ones, so that a misspelt
// indicator is not stored as another one that nobody finds.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_INDICATOR_WORDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_INDICATOR_WORDS_H_

#include "absl/status/status.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/commands.h"

namespace accord::ctl {

// This says whether the request of a command contains a referral's indicators, so that the line
// takes `--as-typed`.
bool TakesIndicators(const Command& command);

// This fails with INVALID_ARGUMENT and rule FIELD_INVALID, and names for each misspelt indicator the known
// ones that are nearest. An indicator is misspelt if it is none of the codes of the lists of indicators, and
// a code differs from it in a few letters; any other text is the reporter's own. Nothing is checked with
// `--as-typed`, nor where the lists cannot be read, because a referral does not wait for them.
absl::Status CheckIndicatorWords(CommandSession* session, const Command& command, const Json& request);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_INDICATOR_WORDS_H_
