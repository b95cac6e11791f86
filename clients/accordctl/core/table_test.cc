#include "clients/accordctl/core/table.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

namespace accord::ctl {
namespace {

using ::testing::ElementsAre;
using ::testing::Ge;

const std::vector<Row> kRows = {{"NAME", "TITLE", "TO", "WHEN"},
                                {"01m8a5dx", "A protocol of two \u00e9quipes and one police service",
                                 "agencies/ps-york/units/01m8unit", "2026-11-26 17:30:00 EST -05:00"}};

TEST(ATable, IsNotCutWhereAFileOrAPipeTakesIt) {
  EXPECT_EQ(FittedRows(kRows, {1, 2}, 0), kRows);
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  EXPECT_EQ(TerminalWidth(ends[1]), 0u);
  close(ends[0]);
  close(ends[1]);
}

TEST(ATable, OnATerminalKnowsHowLongALineIs) {
  const int main = posix_openpt(O_RDWR | O_NOCTTY);
  ASSERT_THAT(main, Ge(0));
  ASSERT_EQ(grantpt(main), 0);
  ASSERT_EQ(unlockpt(main), 0);
  const int terminal = open(ptsname(main), O_RDWR | O_NOCTTY);
  ASSERT_THAT(terminal, Ge(0));
  winsize size{};
  size.ws_row = 24;
  size.ws_col = 72;
  ASSERT_EQ(ioctl(terminal, TIOCSWINSZ, &size), 0);
  EXPECT_EQ(TerminalWidth(terminal), 72u);
  close(terminal);
  close(main);
}

TEST(ATable, CutsTheLongestOfItsTextsUntilALineHoldsIt) {
  // The name, the instant and the blanks between the columns take 44 of 80 characters.
  const std::vector<std::string> lines = TableLines(FittedRows(kRows, {1, 2}, 80));
  EXPECT_THAT(lines, ElementsAre("NAME      TITLE               TO                  WHEN",
                                 "01m8a5dx  A protocol of two\u2026  \u2026rk/units/01m8unit  "
                                 "2026-11-26 17:30:00 EST -05:00"));
}

TEST(ATable, CutsNoOtherColumnAndNoTextToLessThanTwelveCharacters) {
  const std::vector<Row> rows = FittedRows(kRows, {1, 2}, 20);
  EXPECT_THAT(rows[1], ElementsAre("01m8a5dx", "A protocol\u2026", "\u2026ts/01m8unit", kRows[1][3]));
  EXPECT_EQ(rows[0], kRows[0]);
  const std::vector<Row> headed =
      FittedRows({{"NAME", "SOMETHING_THAT_IS_LONG"}, {"1", kRows[1][1]}}, {1}, 20);
  EXPECT_EQ(headed[0][1], "SOMETHING_THAT_IS_LONG");
  EXPECT_EQ(headed[1][1], "A protocol of two \u00e9qu\u2026");
}

}  // namespace
}  // namespace accord::ctl
