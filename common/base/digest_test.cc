#include "common/base/digest.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include "common/base/ids.h"

namespace accord {
namespace {

namespace fs = std::filesystem;

TEST(Sha256Pieces, HaveTheDigestOfTheWhole) {
  Sha256Pieces pieces;
  pieces.Add("a");
  pieces.Add("");
  pieces.Add("bc");
  EXPECT_EQ(pieces.Finish(), Sha256("abc"));
}

TEST(Sha256Pieces, HaveTheDigestOfNothingWithoutAny) { EXPECT_EQ(Sha256Pieces().Finish(), Sha256("")); }

class DigestOfAFile : public ::testing::Test {
 protected:
  DigestOfAFile() {
    std::string pattern = (fs::temp_directory_path() / "accord-digest-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~DigestOfAFile() override { fs::remove_all(folder_); }
  std::string With(const std::string& text) const {
    std::ofstream(folder_ + "/file", std::ios::binary) << text;
    return folder_ + "/file";
  }
  std::string folder_;
};

TEST_F(DigestOfAFile, IsThatOfItsBytesWhateverItsSize) {
  for (const std::size_t size : std::vector<std::size_t>{0, 1, (1 << 20) - 1, 1 << 20, (2 << 20) + 1}) {
    const std::string text(size, '\0');
    const auto digest = FileDigest(With(text));
    ASSERT_TRUE(digest.ok()) << size;
    EXPECT_EQ(*digest, Hex(Sha256(text))) << size;
  }
}

TEST_F(DigestOfAFile, IsNotGivenForWhatCannotBeRead) {
  EXPECT_TRUE(absl::IsNotFound(FileDigest(folder_ + "/missing").status()));
  EXPECT_TRUE(absl::IsNotFound(FileDigest(folder_).status()));
}

TEST(Hashes, KnownAnswers) {
  EXPECT_EQ(Hex(Sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Hex(HmacSha256("key", "The quick brown fox jumps over the lazy dog")),
            "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
}

// This is what the audit log stores, so it never changes. It was computed with coreutils' sha256sum.
TEST(RevisionDigest, IsHalfOfASha256OverServiceNameAndVersion) {
  EXPECT_EQ(Hex(RevisionDigest("protocols", "agencies/cas-york/referrals/r1", 12)),
            "5c27d6298ea8abe80fb58e000cbd607f");
  EXPECT_NE(RevisionDigest("protocols", "agencies/a/x/1", 11),
            RevisionDigest("protocols", "agencies/a/x/11", 1));
}

}  // namespace
}  // namespace accord
