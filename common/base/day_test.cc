#include "common/base/day.h"

#include <gtest/gtest.h>

#include "common/base/months.h"

namespace accord {
namespace {

using absl::CivilDay;

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

}  // namespace
}  // namespace accord
