#include "common/storage/database/lease.h"

#include "common/storage/testing/fixture.h"

namespace accord::storage {
namespace {

class Lease : public Storage {
 protected:
  bool Take(const std::string& holder, absl::Time now, absl::Duration longest = absl::ZeroDuration()) {
    const auto taken = database_->Transact(
        [&](Transaction& tx) { return TakeLease(tx, "work", holder, now, absl::Seconds(30), longest); });
    EXPECT_OK(taken);
    return taken.ok() && *taken;
  }
  const absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
};

TEST_P(Lease, IsItsHoldersUntilItRunsOut) {
  EXPECT_TRUE(Take("one", now_));
  EXPECT_TRUE(Take("one", now_ + absl::Seconds(10)));
  EXPECT_FALSE(Take("two", now_ + absl::Seconds(39)));
  EXPECT_TRUE(Take("two", now_ + absl::Seconds(41)));
  EXPECT_FALSE(Take("one", now_ + absl::Seconds(42)));
}

TEST_P(Lease, OfAClockThatIsALittleAheadHolds) {
  EXPECT_TRUE(Take("ahead", now_ + absl::Seconds(20)));
  EXPECT_FALSE(Take("two", now_));
}

TEST_P(Lease, OfAClockThatWasAnHourAheadHoldsNobodyUp) {
  EXPECT_TRUE(Take("ahead", now_ + absl::Hours(1)));
  EXPECT_TRUE(Take("two", now_));
  EXPECT_FALSE(Take("three", now_ + absl::Seconds(1)));
}

TEST_P(Lease, ThatMayBeTakenForLongerHoldsForAsLong) {
  EXPECT_TRUE(Take("resting", now_ + absl::Hours(5)));
  EXPECT_FALSE(Take("two", now_, absl::Hours(6)));
  EXPECT_TRUE(Take("two", now_, absl::Hours(4)));
}

INSTANTIATE_TEST_SUITE_P(Databases, Lease, ::testing::Values("sqlite", "postgres"),
                         [](const auto& each) { return each.param; });

}  // namespace
}  // namespace accord::storage
