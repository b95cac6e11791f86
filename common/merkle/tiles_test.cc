#include "common/merkle/tiles.h"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>
#include <random>

#include "absl/strings/str_cat.h"
#include "common/testing/seed.h"

namespace accord::merkle {
namespace {

class Tiles : public ::testing::Test {
 protected:
  static constexpr int64_t kSize = 66'000;
  Tiles() {
    for (int64_t i = 0; i < kSize; ++i) all_.Add(0, i, LeafHash(absl::StrCat(i)));
  }
  std::string Tile(const TileId& tile, int64_t size) {
    std::string hashes;
    for (int n = 0; n < WidthOf(tile, size); ++n)
      hashes += *all_.Of(8 * tile.first, tile.second * kTileWidth + n);
    return hashes;
  }
  // One bit of the tile `changed` is flipped.
  absl::Status CheckAll(int64_t size, const TileId& changed = {-1, 0}) {
    TileCheck check(size);
    for (int level = 0; HashesAt(level, size) > 0; ++level) {
      for (TileId tile(level, 0); WidthOf(tile, size) > 0; ++tile.second) {
        std::string hashes = Tile(tile, size);
        if (tile == changed) hashes.back() = static_cast<char>(hashes.back() ^ 1);
        const absl::Status added = check.Add(tile, hashes);
        if (!added.ok()) return added;
      }
    }
    return check.CheckRoot(*Root(all_.source(), size));
  }
  // The proof gets only the tiles that TilesFor names.
  void ExpectProven(const std::vector<int64_t>& leaves, int64_t size) {
    KnownHashes given;
    for (const TileId& tile : TilesFor(leaves, size)) {
      ASSERT_GT(WidthOf(tile, size), 0) << "only tiles of this tree";
      given.AddTile(tile, Tile(tile, size));
    }
    const std::string root = *Root(all_.source(), size);
    for (const int64_t leaf : leaves) {
      const auto proof = InclusionProof(given.source(), leaf, size);
      ASSERT_TRUE(proof.ok()) << leaf << " of " << size;
      EXPECT_TRUE(VerifyInclusion(*all_.Of(0, leaf), leaf, size, *proof, root)) << leaf << " of " << size;
    }
  }
  KnownHashes all_;
};

TEST_F(Tiles, OfAnySizeGiveTheRoot) {
  for (const int64_t size : {1, 2, 255, 256, 257, 511, 512, 1000, 65'535, 65'536, 65'537, 66'000}) {
    EXPECT_TRUE(CheckAll(size).ok()) << size << " " << CheckAll(size);
  }
}

TEST_F(Tiles, WithAnyOtherBitDoNot) {
  EXPECT_TRUE(absl::IsDataLoss(CheckAll(1000, {0, 0})));
  EXPECT_TRUE(absl::IsDataLoss(CheckAll(1000, {0, 3})));
  EXPECT_TRUE(absl::IsDataLoss(CheckAll(1000, {1, 0})));
  EXPECT_TRUE(absl::IsDataLoss(CheckAll(66'000, {2, 0})));
}

TEST_F(Tiles, OfAnotherWidthAreRefused) {
  TileCheck check(1000);
  EXPECT_TRUE(absl::IsDataLoss(check.Add({0, 0}, Tile({0, 0}, 100))));
  EXPECT_TRUE(absl::IsDataLoss(check.Add({0, 4}, Tile({0, 0}, 1000))));
}

TEST_F(Tiles, ProveAnyLeavesOfAnyTree) {
  std::mt19937 random(testing::SeedOr(11));
  for (int64_t size = 1; size <= 40; ++size) {
    std::vector<int64_t> all(static_cast<std::size_t>(size));
    std::iota(all.begin(), all.end(), 0);
    ExpectProven(all, size);
  }
  for (int round = 0; round < 20; ++round) {
    const int64_t size = 1 + static_cast<int64_t>(random()) % kSize;
    std::vector<int64_t> leaves;
    for (int n = 0; n < 20; ++n) leaves.push_back(static_cast<int64_t>(random()) % size);
    ExpectProven(leaves, size);
  }
}

TEST_F(Tiles, OfAThousandNeighboursAreFew) {
  std::vector<int64_t> leaves(1000);
  std::iota(leaves.begin(), leaves.end(), 20'000);
  EXPECT_LE(TilesFor(leaves, kSize).size(), 8u);
}

TEST_F(Tiles, ThatATreeHasNotAreOfNoWidth) {
  for (const TileId& tile :
       {TileId(0, -1), TileId(-1, 0), TileId(8, 0), TileId(0, 4), TileId(1, 1), TileId(2, 0),
        TileId(0, std::numeric_limits<int64_t>::max()), TileId(std::numeric_limits<int>::max(), 0)}) {
    EXPECT_EQ(WidthOf(tile, 1000), 0) << tile.first << " " << tile.second;
  }
  EXPECT_EQ(WidthOf({0, 3}, 1000), 232);
  EXPECT_EQ(WidthOf({0, 4}, 1024), 0);
  EXPECT_EQ(WidthOf({1, 0}, 1000), 3);
}

TEST_F(Tiles, WhatDoesNotFollowIsNotFound) {
  KnownHashes given;
  given.AddTile({0, 1}, Tile({0, 1}, 1000));
  EXPECT_TRUE(given.Of(7, 2).ok());
  EXPECT_TRUE(absl::IsNotFound(given.Of(9, 0).status()));
}

TEST(TilePaths, AreThoseOfTheStandard) {
  EXPECT_EQ(TilePath({0, 0}, 256), "tile/0/000");
  EXPECT_EQ(TilePath({0, 1234067}, 256), "tile/0/x001/x234/067");
  EXPECT_EQ(TilePath({1, 273}, 112), "tile/1/273.p/112");
  EXPECT_EQ(TilePath({3, 1000}, 1), "tile/3/x001/000.p/1");
}

}  // namespace
}  // namespace accord::merkle
