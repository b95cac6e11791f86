#include "common/base/folded.h"

#include <gtest/gtest.h>

namespace accord {
namespace {

TEST(FoldedText, IsTheSameHoweverANameIsWritten) {
  EXPECT_EQ(Folded("Jane Doe"), "jane doe");
  EXPECT_EQ(Folded("  JANE \t\u00a0 DOE\n"), "jane doe");
  EXPECT_EQ(Folded("\u00c9LODIE"), "elodie");
  EXPECT_EQ(Folded("\u00e9lodie"), "elodie");
  // The accent is a separate character after its letter.
  EXPECT_EQ(Folded("e\u0301lodie"), "elodie");
  EXPECT_EQ(Folded("O\u2019Brien\u2011Roy"), "o'brien-roy");
  EXPECT_EQ(Folded("C\u0153ur, \u0178, \u00ff, \u0141"), "coeur, y, y, l");
  EXPECT_EQ(Folded("Ja\u00adne\u200b"), "jane");
  // The direction of the texts is changed and restored.
  EXPECT_EQ(Folded("\u202eJa\u202cne\u2066\u2069\u061c"), "jane");
}

TEST(FoldedText, HasTheDigitsOfATypewriter) {
  EXPECT_EQ(Folded("\uff13\uff18 \uff2bing\u3000\uff33t"), "38 king st");
  EXPECT_EQ(Folded("\U0001d7d1\U0001d7d6 \u0663\u0668 \u06f3\u06f8"), "38 38 38");
}

TEST(FoldedText, KnowsTheLettersOfOtherLanguages) {
  EXPECT_EQ(Folded("NGUY\u1ec4N V\u0102N H\u00d9NG"), "nguyen van hung");
  EXPECT_EQ(Folded("Nguye\u0302\u0303n Va\u0306n Hu\u0300ng"), "nguyen van hung");
  EXPECT_EQ(Folded("\u0218tefan Ionu\u021b"), "stefan ionut");
  EXPECT_EQ(Folded("\u015etefan Ionu\u0163"), "stefan ionut");
  EXPECT_EQ(Folded("\u011e\u00fcl\u015fen \u01a0n \u01b0 \u018fliyev \u0259"), "gulsen on u eliyev e");
  EXPECT_EQ(Folded("\u01c4ord \u1e9e \u0133"), "dzord ss ij");
  EXPECT_EQ(Folded("\u041c\u0410\u0420\u0418\u042f"), "\u043c\u0430\u0440\u0438\u044f");
  // The result is the same whether the accent is part of the letter or follows it.
  EXPECT_EQ(Folded("\u0419\u0401"), "\u0438\u0435");
  EXPECT_EQ(Folded("\u0418\u0306\u0415\u0308"), "\u0438\u0435");
  EXPECT_EQ(Folded("\u0406\u0407 \u04d8 \u04c0 \u04c1"), "\u0456\u0456 \u04d9 \u04cf \u0436");
  EXPECT_EQ(Folded("\u0393\u0399\u03a9\u03a1\u0393\u039f\u03a3"),
            Folded("\u0393\u03b9\u03ce\u03c1\u03b3\u03bf\u03c2"));
  EXPECT_EQ(Folded("\u0386\u038c"), "\u03b1\u03bf");
}

TEST(FoldedText, HasOneApostropheAndOneHyphen) {
  EXPECT_EQ(Folded("O`Brien O\u00b4Brien O\u02bbBrien O\u2032Brien"), "o'brien o'brien o'brien o'brien");
  EXPECT_EQ(Folded("a\u2013b\u2212c\uff0dd"), "a-b-c-d");
}

// Keys were stored in this form. A change of FoldedBefore would make them unfindable.
TEST(FoldedText, StaysAsItWasForKeysThatAreStored) {
  EXPECT_EQ(FoldedBefore("\u00c9LODIE  O\u2019Brien\u2011Roy"), "elodie o'brien-roy");
  EXPECT_EQ(FoldedBefore("Nguy\u1ec5n `\u0218 \u041c"), "nguy\u1ec5n `\u0218 \u041c");
  EXPECT_EQ(FoldedBefore("\u0133 \u0152 \u00df e\u0301"), "i oe ss e");
  EXPECT_EQ(FoldedBefore("a\xf0\x9f"), "a\xf0\x9f");
  // FoldedBefore must not change what Folded learned later: full-width signs, other digits, other
  // spaces and invisible letters.
  for (const char* stays : {"\uff21\uff17", "\u0667\u06f7", "7\u28007", "7\u16807", "7\u20617", "7\u31647"}) {
    EXPECT_EQ(FoldedBefore(stays), stays) << stays;
  }
}

TEST(FoldedText, LeavesOtherScriptsAndBrokenTextAlone) {
  EXPECT_EQ(Folded("\u1403\u14c4\u1483"), "\u1403\u14c4\u1483");
  EXPECT_EQ(Folded("2 \u00d7 3"), "2 \u00d7 3");
  EXPECT_EQ(Folded("a\xf0\x9f"), "a\xf0\x9f");
  EXPECT_EQ(Folded(""), "");
}

}  // namespace
}  // namespace accord
