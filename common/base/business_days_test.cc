#include "common/base/business_days.h"

#include <gmock/gmock.h>

#include <utility>
#include <vector>

#include "common/testing/matchers.h"

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

TEST(ACalendar, LeavesOutTheHolidaysOfItsListAndWhatWasProclaimed) {
  using annotations::v1::BusinessCalendar;
  BusinessCalendar offices, courts, act;
  courts.set_list(annotations::v1::HOLIDAY_LIST_COURTS);
  act.set_list(annotations::v1::HOLIDAY_LIST_LEGISLATION_ACT);
  struct Row {
    absl::CivilDay day;
    bool offices, courts, act;
  };
  const std::vector<Row> rows = {
      {absl::CivilDay(2026, 11, 11), true, false, false},  // This is Remembrance Day, a Wednesday.
      {absl::CivilDay(2026, 8, 3), false, false, true},    // This is the Civic Holiday.
      // This is the Monday after a New Year's Day on a Saturday.
      {absl::CivilDay(2022, 1, 3), false, false, true},
      {absl::CivilDay(2023, 1, 2), false, false, false},  // This is the Monday after one on a Sunday.
      // This is the Monday after a Canada Day on a Saturday.
      {absl::CivilDay(2017, 7, 3), false, false, true},
      {absl::CivilDay(2026, 9, 30), true, true, true},    // September 30 is in none of them.
      {absl::CivilDay(2026, 4, 6), false, false, false},  // This is Easter Monday.
  };
  for (const Row& row : rows) {
    EXPECT_EQ(IsBusinessDay(row.day, offices), row.offices) << row.day;
    EXPECT_EQ(IsBusinessDay(row.day, courts), row.courts) << row.day;
    EXPECT_EQ(IsBusinessDay(row.day, act), row.act) << row.day;
  }
  EXPECT_EQ(AddBusinessDays(absl::CivilDay(2022, 9, 16), 1, offices), absl::CivilDay(2022, 9, 19));
  offices.add_proclaimed_days("2022-09-19");
  EXPECT_EQ(AddBusinessDays(absl::CivilDay(2022, 9, 16), 1, offices), absl::CivilDay(2022, 9, 20));
  EXPECT_OK(CheckCalendar(offices));
  offices.add_proclaimed_days("2022-09-31");
  EXPECT_THAT(CheckCalendar(offices),
              testing::FailsWith(absl::StatusCode::kInvalidArgument, "no such proclaimed day 2022-09-31"));
}

}  // namespace
}  // namespace accord
