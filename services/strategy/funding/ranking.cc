#include "services/strategy/funding/ranking.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace accord::strategy {
namespace {

constexpr int64_t kPointOfHundred = 100;
constexpr int64_t kMaxCommonMultiple = 1000000;
const char kByPanel[] = "panel";

// This gives the sum of weight times points, as a numerator over the common multiple of all `max_points`.
int64_t WeightedPoints(const v1::FundingCall& funding_call, const std::vector<int64_t>& points) {
  const int64_t common = CommonMultipleForRanking(funding_call);
  int64_t sum = 0;
  for (int i = 0; i < funding_call.criteria_size(); ++i) {
    const v1::FundingCriterion& criterion = funding_call.criteria(i);
    const int64_t given = points[static_cast<std::size_t>(i)];
    sum += int64_t{criterion.weight_bp()} * given * (common / criterion.max_points());
  }
  return sum;
}

std::size_t PositionOfRankedCriterion(const v1::FundingCall& funding_call, const std::string& code) {
  const auto& criteria = funding_call.criteria();
  return static_cast<std::size_t>(
      std::find_if(criteria.begin(), criteria.end(), [&](const auto& each) { return each.code() == code; }) -
      criteria.begin());
}

// These values of an application are compared in turn: its score, and then each criterion that breaks ties.
struct Compared {
  std::vector<int64_t> values;
  int64_t scorers;
};

// This gives the position of the first value in which two applications differ, and whether the first
// application is better there. The position is the number of values if they are equal. Each value is a sum
// over scorers, and applications may have different numbers of scorers.
std::pair<std::size_t, bool> FirstRankingDifference(const Compared& a, const Compared& b) {
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    const int64_t left = a.values[i] * b.scorers, right = b.values[i] * a.scorers;
    if (left != right) return {i, left > right};
  }
  return {a.values.size(), false};
}

// This maps each application of a group to those of the group that the panel has put directly behind it.
using Behind = std::map<std::string, std::vector<std::string>>;

Behind TieBreaksInGroup(const v1::FundingCall& funding_call, const std::set<std::string>& group) {
  Behind behind;
  for (const v1::TieBreak& tie : funding_call.tie_breaks()) {
    if (group.contains(tie.ahead()) && group.contains(tie.behind())) {
      behind[tie.ahead()].push_back(tie.behind());
    }
  }
  return behind;
}

// This gives all applications that come after this one, directly or by way of others.
std::set<std::string> AllRankedBehind(const Behind& behind, const std::string& one) {
  std::set<std::string> all;
  std::vector<std::string> next = {one};
  while (!next.empty()) {
    const auto found = behind.find(next.back());
    next.pop_back();
    if (found == behind.end()) continue;
    for (const std::string& each : found->second) {
      if (all.insert(each).second) next.push_back(each);
    }
  }
  return all;
}

// This gives for each application of a group how many others of the group come after it. The result is empty
// unless the panel has put them all in one order.
std::map<std::string, std::size_t> CountRankedBehind(const v1::FundingCall& funding_call,
                                                     const std::set<std::string>& group) {
  // An order of n applications needs at least n - 1 tie-breaks.
  if (static_cast<std::size_t>(funding_call.tie_breaks_size()) + 1 < group.size()) return {};
  const Behind behind = TieBreaksInGroup(funding_call, group);
  std::map<std::string, std::size_t> wins;
  std::set<std::size_t> numbers;
  for (const std::string& each : group) {
    wins[each] = AllRankedBehind(behind, each).size();
    numbers.insert(wins[each]);
  }
  // Only a complete order gives each application a different number, from none to all of the others.
  const bool ordered = numbers.size() == group.size() && *numbers.rbegin() + 1 == group.size();
  return ordered ? wins : std::map<std::string, std::size_t>();
}

class Ranking {
 public:
  Ranking(const v1::FundingCall& funding_call, std::vector<Scored> scored)
      : funding_call_(funding_call), scored_(std::move(scored)) {
    std::vector<std::size_t> breaks;
    for (const std::string& code : funding_call.tie_break())
      breaks.push_back(PositionOfRankedCriterion(funding_call, code));
    for (const Scored& each : scored_) {
      Compared compared{{WeightedPoints(funding_call, each.points)}, each.scorers};
      for (const std::size_t at : breaks) compared.values.push_back(each.points[at]);
      compared_[each.application] = std::move(compared);
    }
  }

  std::vector<Ranked> All() {
    std::sort(scored_.begin(), scored_.end(), [&](const Scored& a, const Scored& b) {
      const auto [at, better] =
          FirstRankingDifference(compared_.at(a.application), compared_.at(b.application));
      return at < Depth() ? better : a.application < b.application;
    });
    for (std::size_t begin = 0; begin < scored_.size();) {
      std::size_t end = begin + 1;
      while (end < scored_.size() && AreEqual(begin, end)) ++end;
      Place(begin, end);
      begin = end;
    }
    TellApart();
    return std::move(ranked_);
  }

 private:
  std::size_t Depth() const { return 1 + static_cast<std::size_t>(funding_call_.tie_break_size()); }
  bool AreEqual(std::size_t a, std::size_t b) const {
    const Compared& one = compared_.at(scored_[a].application);
    return FirstRankingDifference(one, compared_.at(scored_[b].application)).first == Depth();
  }
  // This places the applications from `begin` to before `end`, which are equal in all that is compared.
  void Place(std::size_t begin, std::size_t end) {
    std::set<std::string> group;
    for (std::size_t i = begin; i < end; ++i) group.insert(scored_[i].application);
    const auto wins = CountRankedBehind(funding_call_, group);
    const bool alone = group.size() == 1;
    if (!alone && !wins.empty()) {
      std::sort(scored_.begin() + static_cast<std::ptrdiff_t>(begin),
                scored_.begin() + static_cast<std::ptrdiff_t>(end), [&](const Scored& a, const Scored& b) {
                  return wins.at(a.application) > wins.at(b.application);
                });
    }
    const bool shared = !alone && wins.empty();
    for (std::size_t i = begin; i < end; ++i) {
      Ranked ranked{scored_[i].application, static_cast<int>(shared ? begin : i) + 1, shared, "", 0, 1};
      if (!alone && !shared) ranked.told_apart_by = kByPanel;
      const Compared& compared = compared_.at(ranked.application);
      const int64_t whole = CommonMultipleForRanking(funding_call_) * compared.scorers;
      const int64_t divisor = std::max<int64_t>(1, std::gcd(compared.values[0], whole));
      ranked.numerator = compared.values[0] / divisor;
      ranked.denominator = whole / divisor;
      ranked_.push_back(std::move(ranked));
    }
  }
  // Notes for neighbours with the same score the first criterion in which they differ, because it decided.
  void TellApart() {
    for (std::size_t i = 0; i + 1 < ranked_.size(); ++i) {
      const std::size_t at = FirstRankingDifference(compared_.at(ranked_[i].application),
                                                    compared_.at(ranked_[i + 1].application))
                                 .first;
      if (at == 0 || at == Depth()) continue;
      const std::string& code = funding_call_.tie_break(static_cast<int>(at) - 1);
      for (Ranked* each : {&ranked_[i], &ranked_[i + 1]}) {
        if (each->told_apart_by.empty()) each->told_apart_by = code;
      }
    }
  }

  const v1::FundingCall& funding_call_;
  std::vector<Scored> scored_;
  std::map<std::string, Compared> compared_;
  std::vector<Ranked> ranked_;
};

}  // namespace

void AddScoresToRank(const v1::FundingCall& funding_call, const v1::FundingAssessment& assessment,
                     Scored* scored) {
  scored->points.resize(static_cast<std::size_t>(funding_call.criteria_size()));
  ++scored->scorers;
  for (const v1::CriterionScore& score : assessment.scores()) {
    const std::size_t at = PositionOfRankedCriterion(funding_call, score.criterion());
    if (at < scored->points.size()) scored->points[at] += score.points();
  }
}

std::vector<Ranked> RankAll(const v1::FundingCall& funding_call, std::vector<Scored> scored) {
  return Ranking(funding_call, std::move(scored)).All();
}

bool IsPutAhead(const v1::FundingCall& funding_call, const std::set<std::string>& tied,
                const std::string& one, const std::string& other) {
  return AllRankedBehind(TieBreaksInGroup(funding_call, tied), one).contains(other);
}

bool DoScoresDiverge(const v1::FundingCall& funding_call,
                     const std::vector<v1::FundingAssessment>& submitted) {
  if (!funding_call.has_divergence_points() || submitted.size() < 2) return false;
  std::set<int64_t> totals;
  for (const v1::FundingAssessment& assessment : submitted) {
    Scored scored;
    AddScoresToRank(funding_call, assessment, &scored);
    totals.insert(WeightedPoints(funding_call, scored.points));
  }
  const int64_t apart = *totals.rbegin() - *totals.begin();
  return apart >
         int64_t{funding_call.divergence_points()} * kPointOfHundred * CommonMultipleForRanking(funding_call);
}

int64_t CommonMultipleForRanking(const v1::FundingCall& funding_call) {
  int64_t common = 1;
  for (const v1::FundingCriterion& criterion : funding_call.criteria()) {
    if (criterion.max_points() < 1) return 0;
    common = std::lcm(common, int64_t{criterion.max_points()});
    if (common > kMaxCommonMultiple) return 0;
  }
  return common;
}

}  // namespace accord::strategy
