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

TEST(Hashes, KnownAnswers) {
  EXPECT_EQ(Hex(Sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Hex(HmacSha256("key", "The quick brown fox jumps over the lazy dog")),
            "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
}

TEST(Base64, RefusesWhatIsNot) {
  EXPECT_EQ(Unbase64(Base64("a\0b")), "a");
  EXPECT_FALSE(Unbase64("***"));
}

// The audit log stores this value, so it must never change. It was computed with
// coreutils' sha256sum.
TEST(RevisionDigest, IsHalfOfASha256OverServiceNameAndVersion) {
  EXPECT_EQ(Hex(RevisionDigest("protocols", "agencies/cas-york/referrals/r1", 12)),
            "5c27d6298ea8abe80fb58e000cbd607f");
  EXPECT_NE(RevisionDigest("protocols", "agencies/a/x/1", 11),
            RevisionDigest("protocols", "agencies/a/x/11", 1));
}

}  // namespace
}  // namespace accord
