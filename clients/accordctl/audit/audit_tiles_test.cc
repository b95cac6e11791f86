#include "clients/accordctl/audit/audit_tiles.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/texts.h"
#include "common/base/file.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {
namespace {

class MirroredTiles : public ::testing::Test {
 protected:
  MirroredTiles() {
    for (int64_t i = 0; i < 2000; ++i) all_.Add(0, i, merkle::LeafHash(absl::StrCat(i)));
  }
  absl::StatusOr<int64_t> Bring(int64_t size) {
    const merkle::Checkpoint now{"accord.example/audit", size,
                                 size == 0 ? merkle::EmptyRoot() : *merkle::Root(all_.source(), size)};
    const auto fetch = [&](const std::vector<merkle::TileId>& asked) {
      ++asked_;
      std::vector<std::string> tiles;
      for (const auto& tile : asked) {
        tiles.emplace_back();
        for (int n = 0; n < merkle::WidthOf(tile, size); ++n)
          tiles.back() += *all_.Of(8 * tile.first, tile.second * 256 + n);
        if (tile.first == lies_at_) tiles.back()[0] = static_cast<char>(tiles.back()[0] ^ 1);
      }
      return absl::StatusOr<std::vector<std::string>>(tiles);
    };
    return MirrorTiles(directory_.path("mirror"), now, absl::StrCat("note of ", size), fetch);
  }
  std::string Text(const std::string& file) {
    return ReadFile(directory_.path("mirror/" + file)).value_or("");
  }

  testing::TempDir directory_;
  merkle::KnownHashes all_;
  int asked_ = 0;
  int lies_at_ = -1;
};

TEST_F(MirroredTiles, AreFilesAsTheStandardNamesThem) {
  const auto fetched = Bring(1000);
  ASSERT_TRUE(fetched.ok()) << fetched.status();
  EXPECT_EQ(*fetched, 5);
  EXPECT_EQ(asked_, 2) << "one call a level";
  EXPECT_EQ(Text("tile/0/000").size(), 256u * 32);
  EXPECT_EQ(Text("tile/0/003.p/232").size(), 232u * 32);
  EXPECT_EQ(Text("tile/1/000.p/3").size(), 3u * 32);
  EXPECT_EQ(Text("checkpoint"), "note of 1000");
}

TEST_F(MirroredTiles, ThatAreFullAreFetchedOnce) {
  ASSERT_TRUE(Bring(1000).ok());
  asked_ = 0;
  ASSERT_TRUE(Bring(1000).ok());
  EXPECT_EQ(asked_, 0);
  EXPECT_EQ(*Bring(1900), 6) << "five of level 0, one of level 1";
  EXPECT_EQ(Text("checkpoint"), "note of 1900");
  EXPECT_EQ(Text("tile/0/003.p/232"), "") << "its full tile is there";
}

TEST_F(MirroredTiles, OfAnotherTreeAreNotKept) {
  ASSERT_TRUE(Bring(1000).ok());
  for (lies_at_ = 0; lies_at_ < 2; ++lies_at_) {
    EXPECT_TRUE(absl::IsDataLoss(Bring(1900).status()));
    EXPECT_EQ(Text("checkpoint"), "note of 1000");
    EXPECT_EQ(Text("tile/0/004"), "");
  }
  lies_at_ = -1;
  EXPECT_TRUE(Bring(1900).ok());
}

TEST_F(MirroredTiles, ThatWereChangedInTheirPlaceAreFound) {
  ASSERT_TRUE(Bring(1000).ok());
  std::string tile = Text("tile/0/001");
  tile[5] = static_cast<char>(tile[5] ^ 1);
  std::ofstream(directory_.path("mirror/tile/0/001")) << tile;
  EXPECT_TRUE(absl::IsDataLoss(Bring(1900).status()));
}

TEST_F(MirroredTiles, OfAnEmptyLogAreNone) {
  EXPECT_EQ(*Bring(0), 0);
  EXPECT_EQ(Text("checkpoint"), "note of 0");
}

}  // namespace
}  // namespace accord::ctl
