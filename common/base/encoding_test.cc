#include "common/base/encoding.h"

#include <gtest/gtest.h>

namespace accord {
namespace {

TEST(Base64, RefusesWhatIsNot) {
  EXPECT_EQ(Unbase64(Base64("a\0b")), "a");
  EXPECT_FALSE(Unbase64("***"));
}

}  // namespace
}  // namespace accord
