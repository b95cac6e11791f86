// This file is about names as people write them: the last part, if it identifies one record among those that
// the caller may list.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_SHORT_NAMES_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_SHORT_NAMES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/resource_types.h"

namespace accord::ctl {

// This gives `01m8a5dx` for `agencies/cas-york/referrals/01m8a5dx`.
std::string LastPartOfName(const std::string& name);
// This gives the names that tables print: the last part, or the whole name if two last parts are equal.
std::vector<std::string> ShortNames(const std::vector<std::string>& names);
// This gives the names whose last part is `part` or, if there is none, begins with it.
std::vector<std::string> MatchingNames(const std::vector<std::string>& names, const std::string& part);
// This says whether a shell takes the name literally: it consists of letters, digits and `-._/:@`, and is
// not an option. Only such names are completed, so that a name that others chose never becomes code in a
// command line.
bool IsTypableName(const std::string& name);
// This normalizes a name that somebody typed or pasted, for example from a letter: removes blanks around it
// and corrects upper and lower case. Ids are in lower case, and words such as `referrals` are as in
// `pattern`, if the name has its form. It returns INVALID_ARGUMENT if it contains a blank, an invisible
// character or one outside of ASCII.
absl::StatusOr<std::string> NormalizedName(const std::string& typed, const std::string& pattern);
// This says whether a name has the form of a pattern such as `agencies/{agency}/referrals/{referral}`.
bool HasNameForm(const std::string& name, const std::string& pattern);

// This gives the list in which a short name of the command's resource is looked up, which must not require
// another record first; it is null if there is none.
const Command* ListForNames(const Command& command);
// This gives the names of the command's resource that the caller may list, from the first pages. It returns
// NOT_FOUND if the resource has no list.
absl::StatusOr<std::vector<std::string>> ListedNames(CommandSession* session, const Command& command);
absl::StatusOr<std::vector<std::string>> ListedNames(CommandSession* session, const ResourceType& resource);

// This gives the etag of a record from the list of the command's resource, for resources that no method gets
// by name. It returns INVALID_ARGUMENT if there is no list; it returns NOT_FOUND if its first pages do not
// have the record.
absl::StatusOr<std::string> ListedEtag(CommandSession* session, const Command& command,
                                       const std::string& name);

// This returns INVALID_ARGUMENT: the short name fits several names, which the message lists.
absl::Status SeveralNames(const std::string& name, std::vector<std::string> fitting);

// This gives the whole name for what was typed, as NormalizedName reads it. A text with a slash is already
// whole, and so is one that no list can complete. It returns INVALID_ARGUMENT, with all of them, if several
// fit; it returns NOT_FOUND if none does.
absl::StatusOr<std::string> WholeName(CommandSession* session, const Command& command,
                                      const std::string& typed);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_SHORT_NAMES_H_
