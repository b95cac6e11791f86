#include "clients/accordctl/core/nearest.h"

#include <algorithm>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/texts.h"

namespace accord::ctl {
namespace {

// Words are typed by people; a longer text is not a word.
constexpr std::size_t kLongestWord = 64;

bool HasWordAsPart(const std::string& known, const std::string& word) {
  const std::vector<std::string> parts = absl::StrSplit(known, absl::ByAnyChar("-_"));
  return word.size() > 2 && std::find(parts.begin(), parts.end(), word) != parts.end();
}

}  // namespace

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      cost[i][j] = std::min(
          {cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

std::vector<std::string> Nearest(const std::string& word, const std::vector<std::string>& known,
                                 std::size_t most) {
  std::vector<std::string> near;
  if (word.empty() || word.size() > kLongestWord) return near;
  std::vector<std::pair<std::size_t, std::string>> ranked;
  const std::size_t within = std::max<std::size_t>(1, word.size() / 3);
  for (const std::string& one : std::set<std::string>(known.begin(), known.end())) {
    const std::size_t distance = EditDistance(word, one);
    if (distance <= within) {
      ranked.emplace_back(distance, one);
    } else if ((word.size() > 1 && absl::StartsWith(one, word)) || HasWordAsPart(one, word)) {
      ranked.emplace_back(within + 1, one);
    }
  }
  std::sort(ranked.begin(), ranked.end());
  for (const auto& [distance, one] : ranked) {
    if (near.size() < most) near.push_back(one);
  }
  return near;
}

std::string NearestInSessionLanguage(const std::string& word, const std::vector<std::string>& known) {
  const std::vector<std::string> near = Nearest(word, known);
  if (near.empty()) return "";
  return Text("did you mean {{words}}?",
              {{"words", absl::StrJoin(near, absl::StrCat(" ", Text("or"), " "))}});
}

std::string NearestInEnglish(const std::string& word, const std::vector<std::string>& known) {
  const std::vector<std::string> near = Nearest(word, known);
  return near.empty() ? "" : absl::StrCat("did you mean ", absl::StrJoin(near, " or "), "? ");
}

}  // namespace accord::ctl
