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

}  // namespace
}  // namespace accord
