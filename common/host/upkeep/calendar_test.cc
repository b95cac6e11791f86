#include "common/host/upkeep/calendar.h"

#include <gtest/gtest.h>

namespace accord::host {
namespace {

absl::StatusOr<FastClock> At(const std::string& listen, double speed, const Clock* real) {
  v1::HostConfig host;
  host.set_listen(listen);
  return CalendarOf(host, speed, real);
}

TEST(Calendar, RunsAsTimeDoesUnlessItIsToldToRunFaster) {
  FakeClock real(absl::UnixEpoch());
  const auto plain = At("0.0.0.0:7401", 0, &real), fast = At("127.0.0.1:7401", 60, &real);
  ASSERT_TRUE(plain.ok() && fast.ok());
  real.Advance(absl::Minutes(1));
  EXPECT_EQ(plain->Now(), absl::UnixEpoch() + absl::Minutes(1));
  EXPECT_EQ(fast->Now(), absl::UnixEpoch() + absl::Hours(1));
}

TEST(Calendar, RunsFastWhereNobodyElseReachesAndNeverSlow) {
  FakeClock real(absl::UnixEpoch());
  EXPECT_TRUE(absl::IsInvalidArgument(At("0.0.0.0:7401", 60, &real).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(At("127.0.0.1:7401", 0.5, &real).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(At("127.0.0.1:7401", -1, &real).status()));
}

}  // namespace
}  // namespace accord::host
