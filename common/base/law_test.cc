#include "common/base/law.h"

#include <gmock/gmock.h>

#include <vector>

#include "common/base/business_days.h"
#include "common/base/clock.h"
#include "common/testing/matchers.h"

namespace accord {
namespace {

annotations::v1::Currency To(const std::string& day) {
  annotations::v1::Currency currency;
  currency.set_checked_to(day);
  currency.set_against("the official text");
  return currency;
}

TEST(Currency, NotesADayAfterTheLastThatWasCompared) {
  annotations::v1::Currency currency = To("2026-06-17");
  EXPECT_EQ(CurrencyNote(currency, absl::CivilDay(2026, 6, 17)), "");
  EXPECT_EQ(CurrencyNote(currency, absl::CivilDay(2026, 6, 18)),
            "Nobody has compared the rule set with the law after 2026-06-17.");
  currency.add_pending()->set_title("Bill C-16");
  currency.add_pending()->set_title("Bill C-14");
  EXPECT_EQ(
      CurrencyNote(currency, absl::CivilDay(2026, 6, 18)),
      "Nobody has compared the rule set with the law after 2026-06-17; known and not entered: Bill C-16, "
      "Bill C-14.");
}

TEST(Currency, HasADayThatExistsAndASource) {
  EXPECT_OK(CheckCurrency(To("2026-06-17")));
  const auto says_no_day = testing::FailsWith(absl::StatusCode::kInvalidArgument, "currency says no day");
  EXPECT_THAT(CheckCurrency(To("2026-06-31")), says_no_day);
  EXPECT_THAT(CheckCurrency(To("")), says_no_day);
  annotations::v1::Currency currency = To("2026-06-17");
  currency.clear_against();
  EXPECT_THAT(CheckCurrency(currency), says_no_day);
}

TEST(ARuleSet, IsToldApartByItsDigest) {
  const annotations::v1::Currency one = To("2026-06-17"), other = To("2026-06-18");
  EXPECT_EQ(RuleSetDigest(one).size(), 16u);
  EXPECT_EQ(RuleSetDigest(one), RuleSetDigest(To("2026-06-17")));
  EXPECT_NE(RuleSetDigest(one), RuleSetDigest(other));
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

TEST(ARow, SaysWhereItComesFromAndHowFarItMayBeTrusted) {
  annotations::v1::KnownLaw row;
  row.set_source("the Act");
  const auto unmarked = testing::FailsWith(absl::StatusCode::kInvalidArgument, "a row of a law names no");
  EXPECT_THAT(CheckMarked(row, "a law"), unmarked);
  row.set_mark(annotations::v1::LAW_MARK_MEMORY);
  EXPECT_OK(CheckMarked(row, "a law"));
  row.clear_source();
  EXPECT_THAT(CheckMarked(row, "a law"), unmarked);
}

}  // namespace
}  // namespace accord
