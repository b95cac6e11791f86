// A month without a day is not treated as its first day: on the days that it may mean, the answer
// is kMaybe.
#include "common/base/part_day.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/base/clock.h"

namespace accord {
namespace {

TEST(PartDays, EachFormHasAnEarliestAndALatestDay) {
  struct Row {
    std::string text, first, last;
  };
  const std::vector<Row> rows = {
      {"2017-04-01", "2017-04-01", "2017-04-01"}, {"2020-02", "2020-02-01", "2020-02-29"},
      {"2018-12", "2018-12-01", "2018-12-31"},    {"2021", "2021-01-01", "2021-12-31"},
      {"2018..2019", "2018-01-01", "2019-12-31"}, {"2018-06..2018-07-15", "2018-06-01", "2018-07-15"},
  };
  for (const Row& row : rows) {
    const auto part = ParsePartDay(row.text);
    ASSERT_TRUE(part.has_value()) << row.text;
    EXPECT_EQ(FormatDay(part->first), row.first) << row.text;
    EXPECT_EQ(FormatDay(part->last), row.last) << row.text;
  }
  for (const std::string bad : {"", "18", "2018-13", "2018-02-30", "2018-1", "soon", "..", "2018..",
                                "2019..2018", "2017..2018..2019"}) {
    EXPECT_FALSE(ParsePartDay(bad).has_value()) << bad;
  }
}

TEST(PartDays, APeriodIsKnownOnBothSidesOfWhatIsPrinted) {
  struct Row {
    std::string from, until, day;
    Certainty known;
  };
  const std::vector<Row> rows = {
      {"", "", "1900-01-01", Certainty::kYes},
      {"2017-04-01", "", "2017-03-31", Certainty::kNo},
      {"2017-04-01", "", "2017-04-01", Certainty::kYes},
      {"", "2019-01-01", "2018-12-31", Certainty::kYes},
      {"", "2019-01-01", "2019-01-01", Certainty::kNo},
      {"2018-01", "", "2017-12-31", Certainty::kNo},
      {"2018-01", "", "2018-01-01", Certainty::kMaybe},
      {"2018-01", "", "2018-01-30", Certainty::kMaybe},
      {"2018-01", "", "2018-01-31", Certainty::kYes},
      {"", "2021", "2020-12-31", Certainty::kYes},
      {"", "2021", "2021-01-01", Certainty::kMaybe},
      {"", "2021", "2021-12-30", Certainty::kMaybe},
      {"", "2021", "2021-12-31", Certainty::kNo},
      {"2018..2019", "", "2017-12-31", Certainty::kNo},
      {"2018..2019", "", "2019-06-01", Certainty::kMaybe},
      {"2018..2019", "", "2019-12-31", Certainty::kYes},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Within(row.from, row.until, *ParseDay(row.day)), row.known)
        << row.from << " " << row.until << " " << row.day;
  }
}

TEST(PartDays, APeriodDoesNotEndBeforeItCanBegin) {
  EXPECT_TRUE(IsPeriod("", ""));
  EXPECT_TRUE(IsPeriod("2018", "2018"));
  EXPECT_TRUE(IsPeriod("2018-01-01", "2018-01-02"));
  EXPECT_FALSE(IsPeriod("2018-01-01", "2018-01-01"));
  EXPECT_FALSE(IsPeriod("2019", "2018"));
  EXPECT_FALSE(IsPeriod("2018-02-30", ""));
  EXPECT_FALSE(IsPeriod("", "soon"));
}

}  // namespace
}  // namespace accord
