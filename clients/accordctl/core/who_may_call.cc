#include "clients/accordctl/core/who_may_call.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/access/names.h"

namespace accord::ctl {
namespace {

using annotations::v1::Grant;

void AddCallerOnce(const std::string& word, std::vector<std::string>* words) {
  if (std::find(words->begin(), words->end(), word) == words->end()) words->push_back(word);
}

void AddWhoMayCall(const Grant& grant, std::vector<std::string>* who) {
  for (const int role : grant.roles()) AddCallerOnce(RoleName(static_cast<Role>(role)), who);
  if (grant.roles_size() > 0) return;
  for (const int kind : grant.kinds()) {
    AddCallerOnce(absl::StrCat("everybody of a ", KindName(static_cast<AgencyKind>(kind))), who);
  }
  if (grant.kinds_size() == 0) AddCallerOnce("everybody", who);
}

}  // namespace

std::string WhoMayCall(const Method& method) {
  std::vector<std::string> who, parts;
  for (const Grant& grant : method.grants) AddWhoMayCall(grant, &who);
  for (const int part : method.rule.part().any()) {
    if (part != annotations::v1::PART_NOBODY)
      parts.push_back(ShortName(annotations::v1::Part_descriptor(), part));
  }
  std::string text = absl::StrJoin(who, ", ");
  if (!parts.empty()) absl::StrAppend(&text, "; as ", absl::StrJoin(parts, " or "));
  return text;
}

}  // namespace accord::ctl
