#include "clients/accordctl/core/short_names.h"

#include <gmock/gmock.h>

namespace accord::ctl {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ShortNames, AreTheLastPartUnlessTwoEndAlike) {
  EXPECT_THAT(ShortNames({"agencies/a/referrals/1", "agencies/b/referrals/2"}), ElementsAre("1", "2"));
  EXPECT_THAT(ShortNames({"agencies/a/actors/worker", "agencies/b/actors/worker", "agencies/b/actors/lead"}),
              ElementsAre("agencies/a/actors/worker", "agencies/b/actors/worker", "lead"));
  EXPECT_THAT(ShortNames({"", "entries/7"}), ElementsAre("", "7"));
}

TEST(ShortNames, MatchTheWholeLastPartBeforeItsBeginning) {
  const std::vector<std::string> names = {"agencies/a/referrals/01ab", "agencies/b/referrals/01abcd",
                                          "agencies/b/referrals/02"};
  EXPECT_THAT(MatchingNames(names, "01ab"), ElementsAre("agencies/a/referrals/01ab"));
  EXPECT_THAT(MatchingNames(names, "01abc"), ElementsAre("agencies/b/referrals/01abcd"));
  EXPECT_THAT(MatchingNames(names, "01"),
              ElementsAre("agencies/a/referrals/01ab", "agencies/b/referrals/01abcd"));
  EXPECT_THAT(MatchingNames(names, "zz"), IsEmpty());
}

}  // namespace
}  // namespace accord::ctl
