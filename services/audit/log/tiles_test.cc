// These tests read the tree's hashes for whoever checks entries or follows the whole log.
#include "common/merkle/tiles.h"

#include <limits>

#include "services/audit/testing/fixture.h"

namespace accord::audit {
namespace {

class TiledLog : public ALog {
 protected:
  void Fill(int count) {
    std::vector<v1::AuditRecord> records;
    for (int i = 0; i < count; ++i) records.push_back(Record(filled_ + i, "ps-york"));
    filled_ += count;
    ASSERT_OK(sequencer_->Append(std::move(records)));
  }
  absl::StatusOr<v1::GetTilesResponse> Tiles(const std::vector<merkle::TileId>& tiles, int64_t size = 0) {
    v1::GetTilesRequest request;
    for (const auto& [level, index] : tiles) {
      request.add_tiles()->set_level(level);
      request.mutable_tiles()->rbegin()->set_index(index);
    }
    request.set_tree_size(size);
    return Ask<v1::GetTilesResponse>("cas-durham", request);
  }
  int filled_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Databases, TiledLog, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(TiledLog, GivesTheTilesOfItsCheckpoint) {
  Fill(1300);
  const auto checkpoint = Must(Ask<v1::Checkpoint>("cas-durham", v1::GetCheckpointRequest()));
  const std::vector<merkle::TileId> all = {{0, 0}, {0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 5}, {1, 0}};
  const auto answer = Tiles(all);
  ASSERT_OK(answer);
  EXPECT_EQ(answer->tree_size(), 1300);
  ASSERT_EQ(answer->tiles_size(), 7);
  merkle::TileCheck check(1300);
  for (int i = 0; i < 7; ++i) {
    EXPECT_OK(check.Add(all[static_cast<std::size_t>(i)], answer->tiles(i))) << i;
  }
  EXPECT_OK(check.CheckRoot(checkpoint.root_hash()));
}

TEST_P(TiledLog, GivesThemInAnyOrder) {
  Fill(1300);
  const auto answer = Tiles({{1, 0}, {0, 5}, {0, 2}, {0, 3}, {0, 2}});
  ASSERT_OK(answer);
  ASSERT_EQ(answer->tiles_size(), 5);
  EXPECT_EQ(answer->tiles(0), Tiles({{1, 0}})->tiles(0));
  EXPECT_EQ(answer->tiles(1).size(), 20u * 32);
  EXPECT_EQ(answer->tiles(2), Tiles({{0, 2}})->tiles(0));
  EXPECT_EQ(answer->tiles(3), Tiles({{0, 3}})->tiles(0));
  EXPECT_EQ(answer->tiles(4), answer->tiles(2));
}

TEST_P(TiledLog, GivesWhatAnEarlierSizeHadToo) {
  Fill(300);
  const auto before = Tiles({{0, 0}, {0, 1}})->tiles();
  Fill(300);
  const auto after = Tiles({{0, 0}, {0, 1}}, 300)->tiles();
  ASSERT_EQ(after.size(), 2);
  EXPECT_EQ(after[0], before[0]) << "a full tile never changes";
  EXPECT_EQ(after[1], before[1]);
  EXPECT_EQ(Tiles({{0, 1}})->tiles(0).substr(0, before[1].size()), before[1]);
}

TEST_P(TiledLog, HasNoOtherTiles) {
  Fill(300);
  for (const merkle::TileId& tile :
       {merkle::TileId(0, 2), merkle::TileId(2, 0), merkle::TileId(-1, 0), merkle::TileId(8, 0),
        merkle::TileId(0, -1), merkle::TileId(0, std::numeric_limits<int64_t>::max())}) {
    EXPECT_THAT(Tiles({{0, 0}, tile}), RefusedBy(rules::kTileUnknown)) << tile.first << " " << tile.second;
  }
  EXPECT_THAT(Tiles({{0, 0}}, 301), RefusedBy(rules::kTreeSizeUnknown));
  EXPECT_EQ(Tiles({}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Tiles(std::vector<merkle::TileId>(65, {0, 0})).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_P(TiledLog, ThatLostHashesSaysSo) {
  Fill(600);
  Sql("delete from node where idx = 1");
  EXPECT_THAT(Tiles({{1, 0}}), RefusedBy(rules::kLogIncomplete));
}

}  // namespace
}  // namespace accord::audit
