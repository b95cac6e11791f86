#include "common/base/folded.h"

#include <gtest/gtest.h>

namespace accord {
namespace {

TEST(FoldedText, IsTheSameHoweverANameIsWritten) {
  EXPECT_EQ(Folded("Jane Doe"), "jane doe");
  EXPECT_EQ(Folded("  JANE \t\u00a0 DOE\n"), "jane doe");
  EXPECT_EQ(Folded("\u00c9LODIE"), "elodie");
  EXPECT_EQ(Folded("\u00e9lodie"), "elodie");
  // The accent stands after its letter.
  EXPECT_EQ(Folded("e\u0301lodie"), "elodie");
  EXPECT_EQ(Folded("O\u2019Brien\u2011Roy"), "o'brien-roy");
  EXPECT_EQ(Folded("C\u0153ur, \u0178, \u00ff, \u0141"), "coeur, y, y, l");
  EXPECT_EQ(Folded("Ja\u00adne\u200b"), "jane");
  // The texts are turned around and back.
  EXPECT_EQ(Folded("\u202eJa\u202cne\u2066\u2069\u061c"), "jane");
}

TEST(FoldedText, HasTheDigitsOfATypewriter) {
  EXPECT_EQ(Folded("\uff13\uff18 \uff2bing\u3000\uff33t"), "38 king st");
  EXPECT_EQ(Folded("\U0001d7d1\U0001d7d6 \u0663\u0668 \u06f3\u06f8"), "38 38 38");
}

TEST(FoldedText, LeavesOtherScriptsAndBrokenTextAlone) {
  EXPECT_EQ(Folded("\u1403\u14c4\u1483"), "\u1403\u14c4\u1483");
  EXPECT_EQ(Folded("2 \u00d7 3"), "2 \u00d7 3");
  EXPECT_EQ(Folded("a\xf0\x9f"), "a\xf0\x9f");
  EXPECT_EQ(Folded(""), "");
}

}  // namespace
}  // namespace accord
