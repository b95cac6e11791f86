#include "services/gateway/admission/quota.h"

#include <gtest/gtest.h>

namespace accord::gateway {
namespace {

using std::chrono::seconds;
constexpr auto kNow = std::chrono::steady_clock::time_point(std::chrono::hours(1));
constexpr Quota::Limits kLimits = {.calls_per_second = 100, .burst = 10, .open_calls = 5};

TEST(Quota, PacesBytesBeyondWhatItsCallsAreWorth) {
  Quota quota(kLimits);
  const auto entered = quota.Enter("ps-york", kNow);
  ASSERT_TRUE(entered.ok());
  EXPECT_EQ(quota.Pace(*entered, 10 * Quota::kBytesOfACall, kNow).count(), 0);
  EXPECT_EQ(quota.Pace(*entered, 10 * Quota::kBytesOfACall, kNow).count(), 100);
  EXPECT_EQ(quota.Pace(*entered, 1000 * Quota::kBytesOfACall, kNow).count(), 1000) << "a second at the most";
  EXPECT_EQ(quota.Pace(*entered, 1, kNow + seconds(5)).count(), 1000) << "and what is left of it later";
  EXPECT_EQ(quota.Pace(*entered, 10 * Quota::kBytesOfACall, kNow + seconds(60)).count(), 0);
}

TEST(Quota, CountsHeadersOfAUsualSizeAsOneCallAndLargeOnesAsMany) {
  EXPECT_EQ(Quota::CallsOf(0), 1);
  EXPECT_EQ(Quota::CallsOf(Quota::kLargeHeaders - 1), 1);
  EXPECT_EQ(Quota::CallsOf(Quota::kLargeHeaders), 2);
  EXPECT_EQ(Quota::CallsOf(16 * 1024), 8);
  Quota quota(kLimits);
  ASSERT_TRUE(quota.Enter("ps-york", kNow, 8).ok());
  ASSERT_TRUE(quota.Enter("ps-york", kNow, 8).ok()) << "a call is entered while anything is left";
  std::chrono::milliseconds rest(0);
  EXPECT_FALSE(quota.Enter("ps-york", kNow, 8, &rest).ok());
  EXPECT_TRUE(quota.Enter("cas-york", kNow, 8).ok()) << "another agency has its own";
}

TEST(Quota, PacesRefusalsByWhatTheyCountFor) {
  for (const int calls : {1, 8}) {
    Quota quota(kLimits);
    for (int i = 0; i < 10; ++i) (void)quota.Enter("ps-york", kNow, 10);
    int free = 0;
    for (std::chrono::milliseconds rest(0); free < 1000; ++free) {
      EXPECT_FALSE(quota.Enter("ps-york", kNow, calls, &rest).ok());
      if (rest.count() > 0) break;
    }
    EXPECT_NEAR(free, 100 / calls, 10 / calls + 9) << "a second's calls are refused at once";
  }
}

TEST(Quota, PacesNobodyForTheBytesOfAnother) {
  Quota quota(kLimits);
  const auto busy = quota.Enter("ps-york", kNow), quiet = quota.Enter("cas-york", kNow);
  ASSERT_TRUE(busy.ok() && quiet.ok());
  EXPECT_GT(quota.Pace(*busy, 1000 * Quota::kBytesOfACall, kNow).count(), 0);
  EXPECT_EQ(quota.Pace(*quiet, Quota::kBytesOfACall, kNow).count(), 0);
}

}  // namespace
}  // namespace accord::gateway
