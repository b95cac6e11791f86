#include "common/base/fiscal_year.h"

#include <gtest/gtest.h>

namespace accord {
namespace {

TEST(FiscalYear, IsWrittenByTheTwoYearsThatFollowEachOther) {
  EXPECT_EQ(FirstYearOf("2016-17"), 2016);
  EXPECT_EQ(FirstYearOf("2099-00"), 2099);
  for (const char* text : {"", "2016", "2017", "2017-16", "2017-19", "2016-18", "2016/17", "2016-1x",
                           "2o16-17", "2016-17 ", "16-17", "2016-017"}) {
    EXPECT_FALSE(FirstYearOf(text).has_value()) << text;
  }
}

TEST(FiscalYear, BeginsOnTheFirstOfApril) {
  EXPECT_EQ(FiscalYearOf(absl::CivilDay(2017, 3, 31)), "2016-17");
  EXPECT_EQ(FiscalYearOf(absl::CivilDay(2017, 4, 1)), "2017-18");
  EXPECT_EQ(FiscalYearOf(absl::CivilDay(1999, 12, 31)), "1999-00");
  EXPECT_EQ(FiscalYearOf(absl::CivilDay(2099, 12, 31)), "2099-00");
}

}  // namespace
}  // namespace accord
