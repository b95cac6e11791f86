#include "common/base/law.h"

#include <gtest/gtest.h>

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
  EXPECT_TRUE(CheckCurrency(To("2026-06-17")).ok());
  EXPECT_FALSE(CheckCurrency(To("2026-06-31")).ok());
  EXPECT_FALSE(CheckCurrency(To("")).ok());
  annotations::v1::Currency currency = To("2026-06-17");
  currency.clear_against();
  EXPECT_FALSE(CheckCurrency(currency).ok());
}

TEST(ARow, SaysWhereItComesFromAndHowFarItMayBeTrusted) {
  annotations::v1::KnownLaw row;
  row.set_source("the Act");
  EXPECT_FALSE(CheckMarked(row, "a law").ok());
  row.set_mark(annotations::v1::LAW_MARK_MEMORY);
  EXPECT_TRUE(CheckMarked(row, "a law").ok());
  row.clear_source();
  EXPECT_FALSE(CheckMarked(row, "a law").ok());
}

}  // namespace
}  // namespace accord
