#include "services/strategy/engagement/name_key.h"

#include <gtest/gtest.h>

namespace accord::strategy {
namespace {

TEST(NameKey, IsTheSameHoweverANameIsWritten) {
  EXPECT_EQ(NameKey("Native Women's Centre"), "native womens centre");
  EXPECT_EQ(NameKey("NATIVE  WOMENS CENTRE"), "native womens centre");
  EXPECT_EQ(NameKey("Native Women\u2019s Centre."), "native womens centre");
  EXPECT_EQ(NameKey("Anti-Trafficking / Lutte"), "anti trafficking lutte");
  EXPECT_EQ(NameKey("\u00c9lan (Ottawa)"), "elan ottawa");
}

TEST(NameKey, TellsNamesApartThatDiffer) {
  EXPECT_NE(NameKey("Centre 1"), NameKey("Centre 2"));
  EXPECT_NE(NameKey("\u1403\u14c4"), NameKey("\u1483"));
  EXPECT_EQ(NameKey("?! -"), "");
}

}  // namespace
}  // namespace accord::strategy
