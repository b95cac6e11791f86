// This file is about names as people write them: the last part, if it identifies one record among those that
// the caller may list.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_SHORT_NAMES_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_SHORT_NAMES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

// This gives `01m8a5dx` for `agencies/cas-york/referrals/01m8a5dx`.
std::string LastPartOfName(const std::string& name);
// This gives the names that tables print: the last part, or the whole name if two last parts are equal.
std::vector<std::string> ShortNames(const std::vector<std::string>& names);
// This gives the names whose last part is `part` or, if there is none, begins with it.
std::vector<std::string> MatchingNames(const std::vector<std::string>& names, const std::string& part);
// This returns INVALID_ARGUMENT: the short name fits several names, which the message lists.
absl::Status SeveralNames(const std::string& name, std::vector<std::string> fitting);

// This gives the whole name for what was typed, as NormalizedName reads it. A text with a slash is already
// whole, and so is one that no list can complete. It returns INVALID_ARGUMENT, with all of them, if several
// fit; it returns NOT_FOUND if none does.
absl::StatusOr<std::string> WholeName(CommandSession* session, const Command& command,
                                      const std::string& typed);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_SHORT_NAMES_H_
