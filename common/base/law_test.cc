#include "common/base/law.h"

#include <gmock/gmock.h>

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
