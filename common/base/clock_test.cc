#include "common/base/clock.h"

#include <gtest/gtest.h>

#include "common/base/business_days.h"
#include "common/base/months.h"

namespace accord {
namespace {

using absl::CivilDay;

TEST(BusinessDays, OntarioHolidays2017) {
  for (auto [month, day] : {std::pair{1, 2},
                            {2, 20},
                            {4, 14},
                            {4, 17},
                            {5, 22},
                            {7, 3},
                            {8, 7},
                            {9, 4},
                            {10, 9},
                            {12, 25},
                            {12, 26}}) {
    EXPECT_FALSE(IsBusinessDay(CivilDay(2017, month, day))) << month << "-" << day;
  }
  EXPECT_TRUE(IsBusinessDay(CivilDay(2017, 11, 13)));
}

TEST(BusinessDays, ChristmasOnASaturdayMovesBoxingDayToo) {
  EXPECT_FALSE(IsBusinessDay(CivilDay(2021, 12, 27)));
  EXPECT_FALSE(IsBusinessDay(CivilDay(2021, 12, 28)));
  EXPECT_TRUE(IsBusinessDay(CivilDay(2021, 12, 29)));
}

TEST(BusinessDays, AddSkipsTheLongWeekend) {
  EXPECT_EQ(AddBusinessDays(CivilDay(2026, 4, 2), 1), CivilDay(2026, 4, 7));
}

TEST(Days, OnlyDaysThatExistParse) {
  EXPECT_EQ(ParseDay("2018-01-01"), CivilDay(2018, 1, 1));
  for (const char* bad :
       {"2017-02-29", "2018-1-01", "2018-13-01", "20180101", "", "2018-01-01 ", "0000-01-01"}) {
    EXPECT_FALSE(ParseDay(bad)) << bad;
  }
}

TEST(Days, MonthsEndWithTheLastDayThatCanBeWritten) {
  EXPECT_EQ(FormatDay(MonthsAfter(absl::CivilDay(2026, 11, 26), 2'000'000'000)), "9999-12-31");
  EXPECT_EQ(FormatDay(MonthsAfter(absl::CivilDay(9999, 12, 31), 1)), "9999-12-31");
  EXPECT_EQ(FormatDay(MonthsAfter(absl::CivilDay(9999, 1, 31), 1)), "9999-02-28");
  EXPECT_EQ(FormatDay(MonthsAfter(absl::CivilDay(2026, 11, 26), 12)), "2027-11-26");
}

TEST(Days, EndOfDayKnowsDaylightSaving) {
  EXPECT_EQ(EndOfDay(CivilDay(2026, 3, 8)) - EndOfDay(CivilDay(2026, 3, 7)), absl::Hours(23));
}

TEST(Timestamps, RoundTripBeforeTheEpochToo) {
  const absl::Time at = absl::FromUnixMicros(-1);
  EXPECT_EQ(FromProto(ToProto(at)), at);
}

}  // namespace
}  // namespace accord
