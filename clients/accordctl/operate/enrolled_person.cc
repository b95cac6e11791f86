#include "clients/accordctl/operate/enrolled_person.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/nearest.h"
#include "common/access/names.h"

namespace accord::ctl {

absl::StatusOr<EnrolledPerson> ParseEnrolledPerson(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
  if (parts.size() != 2 || parts[0].empty()) {
    return absl::InvalidArgumentError(absl::StrCat("--person ", text, ": write a person as ACTOR=ROLE,ROLE"));
  }
  const auto* type = annotations::v1::Role_descriptor();
  EnrolledPerson person{parts[0], {}};
  for (const std::string& role : std::vector<std::string>(absl::StrSplit(parts[1], ','))) {
    if (const auto number = FromShortName(type, role)) {
      person.roles.push_back(ShortName(type, *number));
      continue;
    }
    std::vector<std::string> known;
    for (int i = 0; i < type->value_count(); ++i) {
      if (type->value(i)->number() != 0) known.push_back(ShortName(type, type->value(i)->number()));
    }
    return absl::InvalidArgumentError(absl::StrCat("--person ", text, ": there is no role `", role, "`; ",
                                                   NearestInEnglish(role, known), "the roles are ",
                                                   absl::StrJoin(known, ", ")));
  }
  return person;
}

std::string EnrolledPersonText(const std::string& name, const std::vector<std::string>& wanted,
                               const registry::v1::Actor* present) {
  if (present == nullptr) return name + "; its roles were not changed, and are not yours to read\n";
  std::set<std::string> has;
  for (const int role : present->roles()) has.insert(RoleName(static_cast<Role>(role)));
  std::string out = absl::StrCat(name, " as ", has.empty() ? "nobody" : absl::StrJoin(has, ","));
  if (present->state() == registry::v1::ACTOR_STATE_DISABLED) absl::StrAppend(&out, ", disabled");
  if (has == std::set<std::string>(wanted.begin(), wanted.end())) return out + "\n";
  const std::string list = absl::StrCat("[\"", absl::StrJoin(wanted, "\",\""), "\"]");
  return absl::StrCat(out, "; roles not changed\n        to change them: `accordctl actor update ", name,
                      " --set roles='", list, "'`\n");
}

}  // namespace accord::ctl
