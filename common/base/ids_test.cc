#include "common/base/ids.h"

#include <gtest/gtest.h>

namespace accord {
namespace {

TEST(NewId, SortsByTimeAndIsUnique) {
  const absl::Time now = absl::FromUnixMillis(1'700'000'000'000);
  EXPECT_LT(NewId(now), NewId(now + absl::Milliseconds(1)));
  EXPECT_NE(NewId(now), NewId(now));
  EXPECT_EQ(NewId(now).size(), 26u);
}

TEST(Ids, BeginWithALetterAndAreShortAndPlain) {
  for (const std::string& id : {std::string("a"), std::string("cas-york"), std::string(63, 'z')}) {
    EXPECT_TRUE(IsId(id)) << id;
  }
  for (const std::string& other : {std::string(), std::string(64, 'z'), std::string("1a"), std::string("-a"),
                                   std::string("Cas"), std::string("a/b"), std::string("a.b"),
                                   std::string("a_b"), std::string("a\0", 2), std::string("\xc3\xa9")}) {
    EXPECT_FALSE(IsId(other)) << other;
  }
}

}  // namespace
}  // namespace accord
