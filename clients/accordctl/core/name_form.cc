#include "clients/accordctl/core/name_form.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/visible_text.h"

namespace accord::ctl {
namespace {

using NameParts = std::vector<std::string>;

bool IsNameFormVariable(const std::string& part) { return absl::StartsWith(part, "{"); }

}  // namespace

bool IsTypableName(const std::string& name) {
  return !name.empty() && name.front() != '-' && std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains("-._/:@", c);
  });
}

absl::StatusOr<std::string> NormalizedName(const std::string& typed, const std::string& pattern) {
  const std::string name(absl::StripAsciiWhitespace(typed));
  const bool is_whole = std::all_of(
      name.begin(), name.end(), [](char c) { return absl::ascii_isgraph(static_cast<unsigned char>(c)); });
  if (!is_whole || name.empty()) {
    return absl::InvalidArgumentError(
        Text("`{{name}}` is no name: names have no blanks, and no other characters than letters, digits and "
             "signs such as - and /. Copy it from a list, with `-o name`",
             {{"name", Shown(name)}}));
  }
  NameParts names = absl::StrSplit(name, '/');
  if (names.size() == 1) return absl::AsciiStrToLower(name);
  const NameParts patterns = absl::StrSplit(pattern, '/');
  if (names.size() != patterns.size()) return name;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (IsNameFormVariable(patterns[i])) {
      absl::AsciiStrToLower(&names[i]);
    } else if (absl::EqualsIgnoreCase(names[i], patterns[i])) {
      names[i] = patterns[i];
    } else {
      return name;
    }
  }
  return absl::StrJoin(names, "/");
}

bool HasNameForm(const std::string& name, const std::string& pattern) {
  const NameParts names = absl::StrSplit(name, '/'), patterns = absl::StrSplit(pattern, '/');
  if (names.size() != patterns.size()) return false;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty() || (!IsNameFormVariable(patterns[i]) && names[i] != patterns[i])) return false;
  }
  return true;
}

}  // namespace accord::ctl
