#include "clients/accordctl/exchange/file_values.h"

#include <gmock/gmock.h>

#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/testing/exchange_samples.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(WrittenText, IsOneLineInWhichNothingIsHidden) {
  EXPECT_EQ(PlainLine("a\r\n\tb  c "), "a b c");
  EXPECT_EQ(PlainLine("a\a\u202e"), "a\\u0007\\u202e");
  EXPECT_THAT(PlainLine(HostileText()), AllOf(Not(HasSubstr("\n")), Not(HasSubstr("\a")), HasSubstr("next")));
}

TEST(WrittenAmounts, AreExactToTheCent) {
  EXPECT_EQ(AmountAsFileValue(665000000), "6650000.00");
  EXPECT_EQ(AmountAsFileValue(10005), "100.05");
  EXPECT_EQ(AmountAsFileValue(1), "0.01");
  EXPECT_EQ(AmountAsFileValue(999999999999), "9999999999.99");
}

TEST(WrittenIdentifiers, AreOfTheRecordAndOfThePrefixThatWasRegistered) {
  EXPECT_EQ(IdentifierAsFileValue("", "agencies/co-pahtco/allocations/01"),
            "agencies-co-pahtco-allocations-01");
  EXPECT_EQ(IdentifierAsFileValue("360G-x", "agencies/co-pahtco/allocations/01"),
            "360G-x-agencies-co-pahtco-allocations-01");
}

TEST(WrittenCsv, QuotesWhatSeparatesCellsAndLetsNothingBeAFormula) {
  EXPECT_EQ(CsvLineOfFileValues({"a", "b,c", "d\"e", ""}), "a,\"b,c\",\"d\"\"e\",\r\n");
  for (const char* formula : {"=1+1", "+1", "-1", "@a", "\t=1+1", " =1"}) {
    EXPECT_EQ(CsvLineOfFileValues({formula}).front(), '\'') << formula;
  }
  EXPECT_EQ(CsvLineOfFileValues({"1-1=0"}), "1-1=0\r\n");
}

}  // namespace
}  // namespace accord::ctl
