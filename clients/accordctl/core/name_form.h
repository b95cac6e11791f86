// This file is about the form of names: which ones can be typed, and which have the form of
// a resource's pattern.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_NAME_FORM_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_NAME_FORM_H_

#include <string>

#include "absl/status/statusor.h"

namespace accord::ctl {

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

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_NAME_FORM_H_
