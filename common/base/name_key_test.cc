#include "common/base/name_key.h"

#include <gtest/gtest.h>

namespace accord {
namespace {

TEST(NameKey, IsTheSameHoweverANameIsWritten) {
  EXPECT_EQ(NameKey("Native Women's Centre"), "native womens centre");
  EXPECT_EQ(NameKey("NATIVE  WOMENS CENTRE"), "native womens centre");
  EXPECT_EQ(NameKey("Native Women\u2019s Centre."), "native womens centre");
  EXPECT_EQ(NameKey("Anti-Trafficking / Lutte"), "anti trafficking lutte");
  EXPECT_EQ(NameKey("\u00c9lan (Ottawa)"), "elan ottawa");
  EXPECT_EQ(NameKey("Native Women`s Centre"), "native womens centre");
  EXPECT_EQ(NameKey("\u00ab TRUNG T\u00c2M NGUY\u1ec4N \u00bb"), NameKey("Trung T\u00e2m Nguy\u1ec5n"));
  EXPECT_EQ(NameKey("Jean\u2013Fran\u00e7ois Tremblay"), "jean francois tremblay");
  EXPECT_EQ(NameKey("St. Pierre, Jean"), NameKey("St Pierre Jean"));
}

TEST(NameKey, TellsNamesApartThatDiffer) {
  EXPECT_NE(NameKey("Centre 1"), NameKey("Centre 2"));
  EXPECT_NE(NameKey("\u1403\u14c4"), NameKey("\u1483"));
  EXPECT_EQ(NameKey("?! -"), "");
}

TEST(NameKey, StaysAsItWasForKeysThatAreStored) {
  EXPECT_EQ(NameKeyBefore("Anti-Trafficking / Lutte"), "anti trafficking lutte");
  EXPECT_EQ(NameKeyBefore("Women\u2019s `Centre`"), "womens centre");
  EXPECT_EQ(NameKeyBefore("TRUNG T\u00c2M NGUY\u1ec4N"), "trung tam nguy\u1ec4n");
}

TEST(NumberKey, IsOfLettersAndDigits) {
  for (const char* number :
       {"FS-26-0001", "fs 26 0001", "FS26/0001", " FS\u201326\u201300.01 ", "#FS/26 / 0001"}) {
    EXPECT_EQ(NumberKey(number), "fs26 0001") << number;
  }
  EXPECT_NE(NumberKey("2017-1-12"), NumberKey("2017-11-2"));
  EXPECT_NE(NumberKey("17-11"), NumberKey("1711"));
  EXPECT_NE(NumberKey("FS-26-0001"), NumberKey("FS-26-0002"));
  EXPECT_EQ(NumberKey("N\u00ba 7"), NumberKey("n\u00ba7"));
  // Texts without letters and digits differ if the texts differ.
  EXPECT_EQ(NumberKey("--"), "--");
  EXPECT_NE(NumberKey("--"), NumberKey("?"));
}

}  // namespace
}  // namespace accord
