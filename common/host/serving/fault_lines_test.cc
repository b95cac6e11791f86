#include "common/host/serving/fault_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace accord::host {
namespace {

using ::testing::Optional;

TEST(FaultLines, OfAMinuteAreAFewAndTheNextOneSaysHowManyWereLeftOut) {
  FaultLines lines(2);
  const absl::Time now = absl::FromUnixSeconds(1'000'000);
  EXPECT_THAT(lines.Take("ps-york", now), Optional(0));
  EXPECT_THAT(lines.Take("ps-york", now), Optional(0));
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(lines.Take("ps-york", now + absl::Seconds(59)).has_value());
  EXPECT_THAT(lines.Take("ps-york", now + absl::Seconds(60)), Optional(3));
  EXPECT_THAT(lines.Take("ps-york", now + absl::Seconds(60)), Optional(0));
}

TEST(FaultLines, OfOneAgencyHideNoneOfAnother) {
  FaultLines lines(1);
  const absl::Time now = absl::FromUnixSeconds(1'000'000);
  EXPECT_THAT(lines.Take("ps-york", now), Optional(0));
  EXPECT_FALSE(lines.Take("ps-york", now).has_value());
  EXPECT_THAT(lines.Take("cas-york", now), Optional(0));
}

}  // namespace
}  // namespace accord::host
