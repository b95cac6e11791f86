#include "common/aggregates/office_counts.h"

#include <gmock/gmock.h>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/storage/records/schedule.h"
#include "common/storage/testing/fixture.h"

namespace accord {
namespace {

using storage::Transaction;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr char kKind[] = "test_counts";

absl::Time NoonOf(const std::string& day) { return EndOfDay(*ParseDay(day)) - absl::Hours(12); }

class OfficeCount : public storage::Storage {
 protected:
  OfficeCount() {
    auto migrations = Migrations();
    KeepOfficeCounts(200, kKind, &migrations);
    const absl::Status migrated = database_->Migrate(migrations);
    EXPECT_OK(migrated);
  }

  OfficeCounts Read() {
    auto counts = database_->Read([](Transaction& tx) { return ReadOfficeCounts(tx); });
    EXPECT_OK(counts);
    return counts.value_or(OfficeCounts());
  }
  // This does what a sweeper does, and returns how often it counted.
  int PassTime(absl::Time now, int months = 1) {
    const auto count =
        CountAtPeriodEnds(kKind, months, [this](Transaction&) -> absl::StatusOr<Tallies> { return there_; });
    int counted = 0;
    const absl::Status status = database_->Transact([&](Transaction& tx) -> absl::Status {
      counted = 0;
      ACCORD_ASSIGN_OR_RETURN(const auto due, storage::DueAt(tx, kKind, now, 10));
      for (const storage::Due& each : due) {
        ACCORD_RETURN_IF_ERROR(count(tx, each.name, now));
        ++counted;
      }
      return absl::OkStatus();
    });
    EXPECT_OK(status);
    return counted;
  }

  // A service would count these now.
  Tallies there_;
};

TEST(OfficeCountTable, HoldsItsOwnLabelsAndWithholdsSmallCells) {
  const Tallies tallies = {{"state/closed", 3}, {"state/open", 40},    {"state/waiting", 60},
                           {"stateless", 7},    {"statement/all", 70}, {"year/2026", 12}};
  const auto shown = ShownTable(tallies, "state", 5);
  ASSERT_EQ(shown.size(), 3u);
  EXPECT_EQ(shown[0].label, "state/closed");
  EXPECT_FALSE(shown[0].count.has_value());
  EXPECT_EQ(shown[1].label, "state/open");
  EXPECT_FALSE(shown[1].count.has_value()) << "the sum would give the small cell away";
  EXPECT_EQ(shown[2].label, "state/waiting");
  EXPECT_EQ(shown[2].count, 60);
  ASSERT_EQ(ShownTable(tallies, "year", 5).size(), 1u);
  EXPECT_EQ(ShownTable(tallies, "year", 5)[0].count, 12);
  EXPECT_THAT(ShownTable(tallies, "stage", 5), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Databases, OfficeCount, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(OfficeCount, IsOfNoInstantBeforeTheFirstTime) {
  EXPECT_FALSE(Read().at);
  EXPECT_THAT(Read().tallies, IsEmpty());
}

TEST_P(OfficeCount, IsTheSameUntilThePeriodEndsAndThenHoldsWhatCame) {
  there_ = {{"stage/charged", 7}, {"region/west", 7}};
  EXPECT_EQ(PassTime(NoonOf("2026-11-24")), 1) << "the first count is due at once";
  EXPECT_EQ(Read().at, NoonOf("2026-11-24"));
  EXPECT_THAT(Read().tallies, ElementsAre(Pair("region/west", 7), Pair("stage/charged", 7)));
  there_ = {{"stage/bail", 1}, {"stage/charged", 6}};
  EXPECT_EQ(PassTime(EndOfDay(*ParseDay("2026-11-30")) - absl::Microseconds(1)), 0);
  EXPECT_THAT(Read().tallies, ElementsAre(Pair("region/west", 7), Pair("stage/charged", 7)));
  EXPECT_EQ(PassTime(EndOfDay(*ParseDay("2026-11-30"))), 1);
  EXPECT_EQ(Read().at, EndOfDay(*ParseDay("2026-11-30")));
  EXPECT_THAT(Read().tallies, ElementsAre(Pair("stage/bail", 1), Pair("stage/charged", 6)));
  EXPECT_EQ(PassTime(NoonOf("2026-12-31")), 0);
  EXPECT_EQ(PassTime(NoonOf("2027-01-01")), 1);
}

TEST_P(OfficeCount, SaysWhenAlsoIfThereIsNothingToCount) {
  EXPECT_EQ(PassTime(NoonOf("2026-11-24")), 1);
  EXPECT_EQ(Read().at, NoonOf("2026-11-24"));
  EXPECT_THAT(Read().tallies, IsEmpty());
}

TEST_P(OfficeCount, IsMadeOnceForAllPeriodsThatEndedMeanwhile) {
  EXPECT_EQ(PassTime(NoonOf("2026-11-24")), 1);
  EXPECT_EQ(PassTime(NoonOf("2027-05-10")), 1);
  EXPECT_EQ(PassTime(NoonOf("2027-05-31")), 0);
  EXPECT_EQ(PassTime(NoonOf("2027-06-01")), 1);
}

TEST_P(OfficeCount, GoesByAPeriodOfAsManyMonthsAsTheRulesSay) {
  EXPECT_EQ(PassTime(NoonOf("2026-11-24"), 3), 1);
  EXPECT_EQ(PassTime(NoonOf("2027-01-31"), 3), 0);
  EXPECT_EQ(PassTime(NoonOf("2027-02-01"), 0), 1) << "no number means one month";
  EXPECT_EQ(PassTime(NoonOf("2027-02-28"), 0), 0);
  EXPECT_EQ(PassTime(NoonOf("2027-03-01"), 0), 1);
}

}  // namespace
}  // namespace accord
