#include "services/strategy/funding/ranking.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "common/testing/seed.h"

namespace accord::strategy {
namespace {

using ::testing::ElementsAre;

v1::FundingCall ThreeCriteria() {
  v1::FundingCall call;
  const auto add = [&](const std::string& code, int max_points, int weight_bp) {
    auto* criterion = call.add_criteria();
    criterion->set_code(code);
    criterion->set_max_points(max_points);
    criterion->set_weight_bp(weight_bp);
  };
  add("need", 7, 3334);
  add("plan", 3, 3333);
  add("team", 10, 3333);
  call.add_tie_break("need");
  return call;
}

void PutAhead(const std::string& ahead, const std::string& behind, v1::FundingCall* call) {
  auto* tie = call->add_tie_breaks();
  tie->set_ahead(ahead);
  tie->set_behind(behind);
}

std::vector<std::string> NamesOf(const std::vector<Ranked>& ranked) {
  std::vector<std::string> names;
  for (const Ranked& each : ranked) names.push_back(each.application);
  return names;
}

std::vector<int> RanksOf(const std::vector<Ranked>& ranked) {
  std::vector<int> ranks;
  for (const Ranked& each : ranked) ranks.push_back(each.rank);
  return ranks;
}

TEST(Ranking, GivesAFractionInItsLowestTerms) {
  const auto ranked = RankAll(ThreeCriteria(), {{"all", {14, 6, 20}, 2}, {"nothing", {0, 0, 0}, 2}});
  EXPECT_EQ(ranked[0].numerator, 10000);
  EXPECT_EQ(ranked[0].denominator, 1);
  EXPECT_EQ(ranked[1].numerator, 0);
}

TEST(Ranking, TiesExactlyWhereASumOverOtherScorersIsTheSameFraction) {
  // Each application has a third of all points, from two scorers or from three, and no rounding may
  // distinguish them.
  v1::FundingCall call = ThreeCriteria();
  for (auto& criterion : *call.mutable_criteria()) criterion.set_max_points(3);
  const auto ranked = RankAll(call, {{"b", {2, 2, 2}, 2}, {"a", {3, 3, 3}, 3}, {"c", {4, 4, 3}, 4}});
  EXPECT_THAT(NamesOf(ranked), ElementsAre("a", "b", "c"));
  EXPECT_THAT(RanksOf(ranked), ElementsAre(1, 1, 3));
  EXPECT_TRUE(ranked[0].tied);
  EXPECT_FALSE(ranked[2].tied);
  EXPECT_EQ(ranked[0].numerator, ranked[1].numerator);
  EXPECT_EQ(ranked[0].denominator, ranked[1].denominator);
}

TEST(Ranking, TellsOneHundredthOfAPercentApart) {
  v1::FundingCall call = ThreeCriteria();
  call.mutable_criteria(0)->set_max_points(3);
  // The first criterion weighs 3334, and the second one 3333.
  const auto ranked = RankAll(call, {{"second", {0, 6, 0}, 2}, {"first", {6, 0, 0}, 2}});
  EXPECT_THAT(NamesOf(ranked), ElementsAre("first", "second"));
  EXPECT_THAT(RanksOf(ranked), ElementsAre(1, 2));
}

TEST(Ranking, TellsEqualScoresApartByTheCriteriaOfTheCall) {
  v1::FundingCall call = ThreeCriteria();
  call.mutable_criteria(1)->set_max_points(10);
  // One application has more points in the second criterion, and the other has as many more in the third one,
  // which weighs the same.
  call.add_tie_break("plan");
  const auto ranked = RankAll(call, {{"team", {7, 2, 8}, 2}, {"plan", {7, 8, 2}, 2}});
  EXPECT_THAT(NamesOf(ranked), ElementsAre("plan", "team"));
  EXPECT_THAT(RanksOf(ranked), ElementsAre(1, 2));
  EXPECT_EQ(ranked[0].told_apart_by, "plan");
  EXPECT_EQ(ranked[1].told_apart_by, "plan");
}

TEST(Ranking, LeavesATieUntilThePanelHasPutAllInOneOrder) {
  v1::FundingCall call = ThreeCriteria();
  const std::vector<Scored> equal = {{"a", {1, 1, 1}, 2}, {"b", {1, 1, 1}, 2}, {"c", {1, 1, 1}, 2}};
  EXPECT_THAT(RanksOf(RankAll(call, equal)), ElementsAre(1, 1, 1));
  PutAhead("c", "a", &call);
  EXPECT_THAT(RanksOf(RankAll(call, equal)), ElementsAre(1, 1, 1)) << "nobody has said where b stands";
  v1::FundingCall fork = call;
  PutAhead("c", "b", &fork);
  EXPECT_THAT(RanksOf(RankAll(fork, equal)), ElementsAre(1, 1, 1)) << "nobody has compared a and b";
  PutAhead("a", "b", &call);
  EXPECT_TRUE(IsPutAhead(call, {"a", "b", "c"}, "c", "b")) << "that follows";
  EXPECT_FALSE(IsPutAhead(call, {"a", "b", "c"}, "b", "c"));
  EXPECT_FALSE(IsPutAhead(call, {"b", "c"}, "c", "b")) << "a is not tied with them any more";
  v1::FundingCall around = call;
  PutAhead("b", "c", &around);
  EXPECT_THAT(RanksOf(RankAll(around, equal)), ElementsAre(1, 1, 1)) << "this goes round in a circle";
  const auto ranked = RankAll(call, equal);
  EXPECT_THAT(NamesOf(ranked), ElementsAre("c", "a", "b"));
  EXPECT_THAT(RanksOf(ranked), ElementsAre(1, 2, 3));
  EXPECT_EQ(ranked[0].told_apart_by, "panel");
}

TEST(Ranking, IsTheSameHoweverTheRowsCome) {
  const unsigned seed = testing::SeedOr(20261127);
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const v1::FundingCall call = ThreeCriteria();
  std::vector<Scored> scored;
  for (int i = 0; i < 300; ++i) {
    const int scorers = 2 + below(2);
    Scored each{"application-" + std::to_string(i), {0, 0, 0}, scorers};
    for (int scorer = 0; scorer < scorers; ++scorer) {
      each.points[0] += below(8);
      each.points[1] += below(4);
      each.points[2] += below(11);
    }
    scored.push_back(std::move(each));
  }
  const auto first = RankAll(call, scored);
  for (int again = 0; again < 5; ++again) {
    std::shuffle(scored.begin(), scored.end(), random);
    const auto ranked = RankAll(call, scored);
    EXPECT_EQ(NamesOf(ranked), NamesOf(first));
    EXPECT_EQ(RanksOf(ranked), RanksOf(first));
  }
  // No application comes before one with a larger fraction.
  for (std::size_t i = 0; i + 1 < first.size(); ++i) {
    EXPECT_GE(first[i].numerator * first[i + 1].denominator, first[i + 1].numerator * first[i].denominator);
  }
}

v1::FundingAssessment Gave(int need, int plan, int team) {
  v1::FundingAssessment assessment;
  const auto give = [&](const std::string& code, int points) {
    auto* score = assessment.add_scores();
    score->set_criterion(code);
    score->set_points(points);
  };
  give("need", need);
  give("plan", plan);
  give("team", team);
  return assessment;
}

TEST(Ranking, AsksForOneMoreScorerWhereTwoAreFurtherApartThanTheCallAllows) {
  v1::FundingCall call = ThreeCriteria();
  call.mutable_criteria(2)->set_weight_bp(10000);
  call.mutable_criteria()->DeleteSubrange(0, 2);
  const auto gave = [](int team) { return Gave(0, 0, team); };
  EXPECT_FALSE(DoScoresDiverge(call, {gave(0), gave(10)})) << "the call does not say how far is too far";
  call.set_divergence_points(20);
  EXPECT_FALSE(DoScoresDiverge(call, {gave(5), gave(7)})) << "twenty points are not more than twenty";
  EXPECT_TRUE(DoScoresDiverge(call, {gave(5), gave(8)}));
  call.set_divergence_points(0);
  EXPECT_FALSE(DoScoresDiverge(call, {gave(5), gave(5)}));
  EXPECT_TRUE(DoScoresDiverge(call, {gave(5), gave(6)}));
}

}  // namespace
}  // namespace accord::strategy
