// Names as people write them: the last part, where it is enough to tell one record from all others that the
// caller may list.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_SHORT_NAMES_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_SHORT_NAMES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

// `01m8a5dx` of `agencies/cas-york/referrals/01m8a5dx`.
std::string LastPart(const std::string& name);
// These are the names that tables print: the last part, or the whole where two end alike.
std::vector<std::string> ShortNames(const std::vector<std::string>& names);
// Gives the names whose last part is `part` or, if none is, begins with it.
std::vector<std::string> Matching(const std::vector<std::string>& names, const std::string& part);
// Whether a shell takes it as it stands: it consists of letters, digits and `-._/:@`, and is no option. Only
// such a name is completed, so that what others call a record never becomes part of a line that is run.
bool IsTypable(const std::string& name);
// A name as somebody typed or pasted it, for example out of a letter: without the blanks around it, and with
// the letters that names have. Ids are of small letters, and words such as `referrals` are as in `pattern`,
// if the name has its form. INVALID_ARGUMENT if a blank, a character that is not seen or one that is not of
// ASCII stands within.
absl::StatusOr<std::string> AsNamed(const std::string& typed, const std::string& pattern);
// Whether a name has the form of a pattern such as `agencies/{agency}/referrals/{referral}`.
bool HasForm(const std::string& name, const std::string& pattern);

// The list in which a short name of the command's resource is looked up: one that asks for no other record
// first. Null if there is none.
const Command* ListForNames(const Command& command);
// The names of a command's resource that the caller may list; as many as the first pages have. NOT_FOUND if
// the resource has no list.
absl::StatusOr<std::vector<std::string>> ListedNames(CommandSession* session, const Command& command);
absl::StatusOr<std::vector<std::string>> ListedNames(CommandSession* session, const ResourceType& resource);

// The etag of the record of this name, as the list of the command's resource has it, for a resource that
// nothing gets by its name. INVALID_ARGUMENT if it has no list, NOT_FOUND if its first pages do not hold it.
absl::StatusOr<std::string> ListedEtag(CommandSession* session, const Command& command,
                                       const std::string& name);

// INVALID_ARGUMENT that says which names one short name fits.
absl::Status SeveralNames(const std::string& name, std::vector<std::string> fitting);

// Gives the whole name of what was typed, as AsNamed reads it. What has a slash is one, and so is what no
// list can complete. INVALID_ARGUMENT with all that fit where several do, NOT_FOUND where none does.
absl::StatusOr<std::string> WholeName(CommandSession* session, const Command& command,
                                      const std::string& typed);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_SHORT_NAMES_H_
