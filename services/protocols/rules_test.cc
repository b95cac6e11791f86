#include "services/protocols/rules.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "common/base/clock.h"
#include "common/base/file.h"
#include "common/testing/matchers.h"

namespace accord::protocols {
namespace {

using testing::FailsWith;

v1::RuleSet Real() {
  v1::RuleSet set;
  EXPECT_OK(ReadTextProto(
      std::string(std::getenv("ACCORD_SOURCE_DIR")) + "/services/protocols/data/rules.textproto", &set));
  return set;
}

TEST(Rules, TheLawOfTheDayApplies) {
  const Rules rules = *Rules::From(Real());
  const auto& before = rules.Age(v1::AGE_BAND_16_17, absl::CivilDay(2017, 12, 31));
  EXPECT_FALSE(Eligible(before, false));
  EXPECT_TRUE(Eligible(before, true));
  EXPECT_TRUE(Eligible(rules.Age(v1::AGE_BAND_16_17, absl::CivilDay(2018, 1, 1)), false));
  EXPECT_EQ(rules.GroundOn("child_sex_trafficking", absl::CivilDay(2021, 9, 30)), nullptr);
  EXPECT_NE(rules.GroundOn("child_sex_trafficking", absl::CivilDay(2021, 10, 1)), nullptr);
}

TEST(Rules, NextBusinessDayEndsAtMidnightInOntario) {
  const Rules rules = *Rules::From(Real());
  const absl::Time friday = absl::FromCivil(absl::CivilSecond(2026, 10, 9, 16, 0, 0), OntarioZone());
  // Monday is Thanksgiving.
  EXPECT_EQ(*rules.Due(v1::CLOCK_KIND_ACKNOWLEDGE, v1::URGENCY_D7, friday),
            absl::FromCivil(absl::CivilSecond(2026, 10, 14, 0, 0, 0), OntarioZone()));
}

TEST(Rules, GapsOverlapsAndRowsWithoutSourceAreRefused) {
  v1::RuleSet gap = Real();
  gap.mutable_age_rules()->RemoveLast();
  EXPECT_THAT(Rules::From(gap).status(), FailsWith(absl::StatusCode::kInvalidArgument, "0 age rules on"));
  v1::RuleSet overlap = Real();
  *overlap.add_age_rules() = overlap.age_rules(0);
  EXPECT_THAT(Rules::From(overlap).status(), FailsWith(absl::StatusCode::kInvalidArgument, "2 age rules on"));
  v1::RuleSet unsourced = Real();
  unsourced.mutable_grounds(0)->clear_source();
  EXPECT_THAT(Rules::From(unsourced).status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "a row names no source"));
}

}  // namespace
}  // namespace accord::protocols
