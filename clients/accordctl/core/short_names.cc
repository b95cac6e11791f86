#include "clients/accordctl/core/short_names.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/listed_names.h"
#include "clients/accordctl/core/name_form.h"
#include "clients/accordctl/core/nouns.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

// An error names at most so many candidates.
constexpr std::size_t kMostCandidates = 8;

// This gives `agencies/OWN/referrals/PART`, the name if the caller's agency owns the record; it is empty for
// longer patterns.
std::string NameInOwnAgency(const std::string& pattern, const std::string& agency, const std::string& part) {
  const std::vector<std::string> parts = absl::StrSplit(pattern, '/');
  if (parts.size() != 4 || parts[1] != "{agency}") return "";
  return absl::StrCat("agencies/", agency, "/", parts[2], "/", part);
}

}  // namespace

std::string LastPartOfName(const std::string& name) { return name.substr(name.rfind('/') + 1); }

std::vector<std::string> ShortNames(const std::vector<std::string>& names) {
  std::map<std::string, int> count;
  for (const std::string& name : std::set<std::string>(names.begin(), names.end()))
    ++count[LastPartOfName(name)];
  std::vector<std::string> shorts;
  for (const std::string& name : names) {
    const std::string last = LastPartOfName(name);
    shorts.push_back(count[last] == 1 ? last : name);
  }
  return shorts;
}

std::vector<std::string> MatchingNames(const std::vector<std::string>& names, const std::string& part) {
  std::set<std::string> whole, begun;
  for (const std::string& name : names) {
    const std::string last = LastPartOfName(name);
    if (last == part) whole.insert(name);
    if (absl::StartsWith(last, part)) begun.insert(name);
  }
  const std::set<std::string>& best = whole.empty() ? begun : whole;
  return {best.begin(), best.end()};
}

absl::Status SeveralNames(const std::string& name, std::vector<std::string> fitting) {
  const std::size_t all = fitting.size();
  if (all > kMostCandidates) fitting.resize(kMostCandidates);
  return absl::InvalidArgumentError(absl::StrCat(
      name, " fits ", all, " names: ", absl::StrJoin(fitting, ", "), all > kMostCandidates ? ", ..." : ""));
}

absl::StatusOr<std::string> WholeName(CommandSession* session, const Command& command,
                                      const std::string& typed) {
  const auto resource = ResourceOf(command);
  if (!resource) return typed;
  const std::string& pattern = resource->option.pattern();
  ACCORD_ASSIGN_OR_RETURN(const std::string name, NormalizedName(typed, pattern));
  if (absl::StrContains(name, '/')) return name;
  const std::size_t open = pattern.find('{');
  if (std::count(pattern.begin(), pattern.end(), '{') == 1) return pattern.substr(0, open) + name;
  const auto names = ListedNames(session, command);
  const std::vector<std::string> fitting =
      names.ok() ? MatchingNames(*names, name) : std::vector<std::string>();
  if (fitting.size() == 1) return fitting.front();
  if (fitting.size() > 1) return SeveralNames(name, fitting);
  // A caller who may not list, or whose list is longer than what was read, may still mean a record
  // of their own agency.
  ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
  const std::string own = NameInOwnAgency(pattern, client->agency(), name);
  if (!own.empty()) return own;
  return absl::InvalidArgumentError(
      absl::StrCat(name, " is the end of no name that can be listed here: write the whole name, ", pattern));
}

}  // namespace accord::ctl
