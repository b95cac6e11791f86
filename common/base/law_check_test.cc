// These tests read a rule set as it was known on an earlier day. Faults in rule sets are tested in accordctl,
// with the rule sets that services are delivered with.
#include "common/base/law_check.h"

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

#include "accord/protocols/v1/rules.pb.h"

namespace accord {
namespace {

using protocols::v1::RuleSet;
using ::testing::ElementsAre;

RuleSet GroundsOn(const std::vector<std::pair<std::string, std::string>>& days) {
  RuleSet set;
  for (const auto& [from, to] : days) {
    auto* ground = set.add_grounds();
    ground->set_effective_from(from);
    ground->set_effective_to(to);
  }
  set.set_small_cell(5);
  return set;
}

std::vector<std::pair<std::string, std::string>> GroundDaysOf(const google::protobuf::Message& message) {
  std::vector<std::pair<std::string, std::string>> days;
  for (const auto& ground : dynamic_cast<const RuleSet&>(message).grounds()) {
    days.emplace_back(ground.effective_from(), ground.effective_to());
  }
  return days;
}

TEST(RuleSetAsOf, KnowsNothingOfWhatBeginsOrEndsLater) {
  const RuleSet set =
      GroundsOn({{"2030-01-01", ""}, {"", "2018-01-01"}, {"2018-01-01", "2021-10-01"}, {"2021-10-01", ""}});
  using Days = std::pair<std::string, std::string>;
  EXPECT_THAT(GroundDaysOf(*RuleSetAsOf(set, "2017-12-31")), ElementsAre(Days("", "")));
  EXPECT_THAT(GroundDaysOf(*RuleSetAsOf(set, "2018-01-01")),
              ElementsAre(Days("", "2018-01-01"), Days("2018-01-01", "")));
  EXPECT_THAT(GroundDaysOf(*RuleSetAsOf(set, "2021-10-01")),
              ElementsAre(Days("", "2018-01-01"), Days("2018-01-01", "2021-10-01"), Days("2021-10-01", "")));
  EXPECT_EQ(GroundDaysOf(*RuleSetAsOf(set, "2030-01-01")), GroundDaysOf(set)) << "in its own order";
}

TEST(RuleSetAsOf, LeavesWhatHasNoDaysAndTheRuleSetItself) {
  const RuleSet set = GroundsOn({{"2030-01-01", ""}});
  EXPECT_EQ(dynamic_cast<const RuleSet&>(*RuleSetAsOf(set, "2018-01-01")).small_cell(), 5);
  EXPECT_EQ(set.grounds_size(), 1);
}

}  // namespace
}  // namespace accord
