#include "clients/accordctl/audit/audit_proofs.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"

namespace accord::ctl {
namespace {

// A page of a log of 600 entries, in the form of the log's answer.
class CheckedPage : public ::testing::Test {
 protected:
  CheckedPage() {
    std::vector<audit::v1::Entry> entries;
    for (int i = 0; i < 600; ++i) {
      audit::v1::Entry& entry = entries.emplace_back();
      entry.set_name(absl::StrCat("entries/", i));
      entry.set_index(i);
      entry.set_salt(std::string(16, static_cast<char>('a' + i % 20)));
      entry.mutable_record()->set_call_id(absl::StrCat("call-", i));
      entry.set_record_bytes(entry.record().SerializeAsString());
      all_.Add(0, i, merkle::LeafHash(entry.salt() + entry.record_bytes()));
    }
    now_ = {"accord.example/audit", 550, *merkle::Root(all_.source(), 550)};
    for (const std::size_t index : {3, 4, 5, 100, 256, 549, 570}) *page_.add_entries() = entries[index];
  }
  absl::StatusOr<int> Check() {
    return CheckProofsOfPage(
        page_, now_,
        [&](const std::vector<merkle::TileId>& tiles) -> absl::StatusOr<std::vector<std::string>> {
          EXPECT_LE(tiles.size(), kTilesAtOnce);
          std::vector<std::string> given;
          for (const auto& tile : tiles) {
            asked_.push_back(tile);
            given.emplace_back();
            for (int n = 0; n < merkle::WidthOf(tile, now_.size); ++n)
              given.back() += *all_.Of(8 * tile.first, 256 * tile.second + n);
            if (tile == lies_at_) given.back()[39] = static_cast<char>(given.back()[39] ^ 1);
          }
          if (forgets_) given.pop_back();
          return given;
        },
        [&](const audit::v1::Entry& entry, const merkle::Proof& proof) {
          given_.push_back(entry.index());
          EXPECT_EQ(proof, *merkle::InclusionProof(all_.source(), entry.index(), now_.size));
          return absl::OkStatus();
        });
  }

  merkle::KnownHashes all_;
  merkle::Checkpoint now_;
  audit::v1::ListEntriesResponse page_;
  std::vector<merkle::TileId> asked_;
  merkle::TileId lies_at_ = {-1, 0};
  bool forgets_ = false;
  std::vector<int64_t> given_;
};

TEST_F(CheckedPage, ProvesWhatTheCheckpointCoversFromAFewTiles) {
  const auto checked = Check();
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_EQ(*checked, 6);
  EXPECT_EQ(given_, (std::vector<int64_t>{3, 4, 5, 100, 256, 549}));
  EXPECT_THAT(asked_, ::testing::ElementsAre(merkle::TileId(0, 0), merkle::TileId(0, 1), merkle::TileId(0, 2),
                                             merkle::TileId(1, 0)));
}

TEST_F(CheckedPage, OfNothingAsksForNothing) {
  page_.clear_entries();
  EXPECT_EQ(*Check(), 0);
  EXPECT_TRUE(asked_.empty());
}

TEST_F(CheckedPage, WithAnyOtherTileOrEntryDoesNotHold) {
  for (const merkle::TileId& tile : {merkle::TileId(0, 0), merkle::TileId(0, 1), merkle::TileId(1, 0)}) {
    lies_at_ = tile;
    EXPECT_TRUE(absl::IsDataLoss(Check().status())) << tile.first << " " << tile.second;
  }
  lies_at_ = {-1, 0};
  const audit::v1::ListEntriesResponse good = page_;
  for (int i = 0; i < 6; ++i) {
    page_ = good;
    (*page_.mutable_entries(i)->mutable_salt())[7] ^= 1;
    EXPECT_TRUE(absl::IsDataLoss(Check().status())) << i;
  }
}

TEST_F(CheckedPage, WithoutItsTilesDoesNotHold) {
  forgets_ = true;
  EXPECT_TRUE(absl::IsDataLoss(Check().status()));
}

}  // namespace
}  // namespace accord::ctl
