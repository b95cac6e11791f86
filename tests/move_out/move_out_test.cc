// In these tests old entries move to cheap storage, and everything that was promised of them holds: they are
// checked there, and the log proves them as before.
#include <filesystem>
#include <fstream>

#include "clients/accordctl/audit/audit_export.h"
#include "clients/accordctl/audit/audit_move.h"
#include "common/merkle/tiles.h"
#include "common/testing/eventually.h"
#include "services/audit/testing/fixture.h"

namespace accord::audit {
namespace {

class MovedOut : public ALog {
 protected:
  static constexpr int kEntries = 1300, kSpan = 512;
  MovedOut() {
    SequencerLimits limits;
    limits.span = kSpan;
    writer_ = *Sequencer::Start(&in_process_.database(), limits);
    EXPECT_OK(writer_->Append(Records(0, kEntries)));
    EXPECT_TRUE(testing::Eventually([&] { return Rows("log_head where indexed = size") == 1; }));
  }
  static std::vector<v1::AuditRecord> Records(int first, int count) {
    std::vector<v1::AuditRecord> records;
    for (int n = first; n < first + count; ++n) records.push_back(Record(n, "ps-york", "cas-york"));
    return records;
  }
  absl::StatusOr<int64_t> Move(int64_t before) {
    return ctl::MoveOldestSpan(&in_process_.database(),
                               {"accord.example/audit", &key_, before, directory_.path(""), absl::Now()});
  }
  std::string File(int first, int beyond) {
    return directory_.path(absl::StrCat("entries-", first, "-", beyond, ".jsonl"));
  }
  absl::StatusOr<int64_t> Checked(const std::string& file) {
    int64_t entries = 0;
    ACCORD_RETURN_IF_ERROR(ctl::VerifyExport(file, ctl::Trust(), key_, &entries));
    return entries;
  }
  v1::Checkpoint Checkpoint() { return Must(Ask<v1::Checkpoint>("cas-york", v1::GetCheckpointRequest())); }
  bool Proves(int64_t index) {
    const auto now = Checkpoint();
    v1::GetInclusionProofRequest ask;
    ask.set_index(index);
    const auto proof = Ask<v1::InclusionProof>("cas-york", ask);
    return proof.ok() &&
           merkle::VerifyInclusion(proof->leaf_hash(), index, now.tree_size(),
                                   {proof->path().begin(), proof->path().end()}, now.root_hash());
  }
  int64_t Rows(const std::string& table) {
    return std::get<0>((*in_process_.database().Read(
        [&](storage::Transaction& tx) { return tx.Query<int64_t>("select count(*) from " + table); }))[0]);
  }

  std::unique_ptr<Sequencer> writer_;
};

INSTANTIATE_TEST_SUITE_P(Databases, MovedOut, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(MovedOut, SpansAreCheckedWhereTheyAreKept) {
  const auto moved = Move(kEntries);
  ASSERT_OK(moved);
  EXPECT_EQ(*moved, kSpan);
  EXPECT_EQ(*Checked(File(0, 512)), kSpan);
  EXPECT_EQ(Must(Move(kEntries)), kSpan);
  EXPECT_EQ(*Checked(File(512, 1024)), kSpan);
  EXPECT_EQ(Must(Move(kEntries)), 0) << "the span that is written to stays";
  for (const char* table : {"entry", "requested", "touched_by", "concerned"}) {
    EXPECT_LE(Rows(table), 2 * (kEntries - 1024)) << table;
  }
  EXPECT_EQ(Rows("entry"), kEntries - 1024);
}

TEST_P(MovedOut, EntriesAreProvenAsBefore) {
  const auto before = Checkpoint();
  ASSERT_OK(Move(kEntries));
  EXPECT_EQ(Checkpoint().root_hash(), before.root_hash());
  for (const int64_t index : {0, 100, 255, 256, 511, 512, 1299}) EXPECT_TRUE(Proves(index)) << index;
  v1::GetTilesRequest ask;
  for (int index = 0; index < 6; ++index) ask.add_tiles()->set_index(index);
  ask.add_tiles()->set_level(1);
  const auto tiles = Ask<v1::GetTilesResponse>("cas-york", ask);
  ASSERT_OK(tiles);
  merkle::TileCheck check(kEntries);
  for (int n = 0; n < 7; ++n) {
    EXPECT_OK(check.Add({n / 6, n % 6}, tiles->tiles(n))) << n;
  }
  EXPECT_OK(check.CheckRoot(before.root_hash()));
}

TEST_P(MovedOut, TheLogGoesOnAndSaysWhereItBegins) {
  ASSERT_OK(Move(kEntries));
  ASSERT_OK(writer_->Append(Records(kEntries, 400)));
  EXPECT_TRUE(Proves(1699));
  EXPECT_TRUE(Proves(3));
  EXPECT_OK(Sequencer::Start(&in_process_.database(), 64)) << "a new process takes it up";
  const auto page = Must(Ask<v1::ListEntriesResponse>("cas-york", v1::ListEntriesRequest()));
  EXPECT_EQ(page.moved_before(), kSpan);
  EXPECT_EQ(page.entries(0).index(), kSpan);
  EXPECT_EQ(*writer_->Append(Records(0, 5)), 1700) << "what was moved is not appended again";
}

TEST_P(MovedOut, OnlyWholeSpansBelowTheIndexGo) {
  EXPECT_EQ(Must(Move(511)), 0);
  EXPECT_EQ(Must(Move(512)), 512);
  EXPECT_EQ(Must(Move(1023)), 0);
}

TEST_P(MovedOut, NothingGoesThatDoesNotHold) {
  Sql("update entry set record = 'bm90IHRoaXM=' where idx = 300");
  EXPECT_TRUE(absl::IsDataLoss(Move(kEntries).status()));
  EXPECT_EQ(Rows("entry"), kEntries);
  Sql("delete from entry where idx = 300");
  EXPECT_TRUE(absl::IsDataLoss(Move(kEntries).status()));
  EXPECT_EQ(Rows("moved_tile"), 0);
}

TEST_P(MovedOut, NothingGoesWithoutItsFile) {
  std::filesystem::create_directory(File(0, 512));
  EXPECT_THAT(Move(kEntries).status(), RefusedBy("FILE_NOT_SAFE"));
  EXPECT_EQ(Rows("entry"), kEntries);
}

}  // namespace
}  // namespace accord::audit
