#include "services/strategy/money/fiscal_year.h"

#include <gtest/gtest.h>

namespace accord::strategy {
namespace {

TEST(FiscalYear, IsWrittenByTheTwoYearsThatFollowEachOther) {
  EXPECT_EQ(FirstYearOf("2016-17"), 2016);
  EXPECT_EQ(FirstYearOf("2099-00"), 2099);
  for (const char* text :
       {"", "2016", "2017-16", "2017-19", "2016-18", "2016/17", "2016-1x", "2o16-17", "2016-17 ", "16-17"}) {
    EXPECT_FALSE(FirstYearOf(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace accord::strategy
