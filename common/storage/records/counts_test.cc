#include "common/storage/records/counts.h"

#include <gmock/gmock.h>

#include <atomic>
#include <random>
#include <thread>

#include "absl/strings/str_cat.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/storage/backup/closed_records.h"
#include "common/storage/backup/restoration.h"
#include "common/storage/retention/retention.h"
#include "common/storage/testing/fixture.h"
#include "common/testing/seed.h"

namespace accord::storage {
namespace {

using registry::v1::System;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using Counts = std::vector<std::pair<std::string, int64_t>>;

class KeptCount : public Storage {
 protected:
  static std::vector<Migration> Counted() {
    auto migrations = Migrations();
    KeepCounts(200, "system", {"state"}, &migrations);
    return migrations;
  }
  void Keep() { ASSERT_OK(database_->Migrate(Counted())); }
  static Placement At(const std::string& state, const std::vector<std::string>& parties) {
    return {"owner", state, parties, {{"state", state}, {"state@office", state}}, {"office"}};
  }
  absl::Status Put(Transaction& tx, const std::string& id, const std::string& state,
                   const std::vector<std::string>& parties) {
    System system;
    system.set_name("agencies/a/systems/" + id);
    return systems_.Insert(tx, &system, write_, At(state, parties));
  }
  void Put(const std::string& id, const std::string& state, const std::vector<std::string>& parties = {"a"}) {
    const absl::Status put =
        database_->Transact([&](Transaction& tx) { return Put(tx, id, state, parties); });
    ASSERT_OK(put);
  }
  absl::Status Move(const std::string& id, const std::string& state,
                    const std::vector<std::string>& parties = {"a"}) {
    return database_->Transact([&](Transaction& tx) -> absl::Status {
      System system;
      ACCORD_RETURN_IF_ERROR(systems_.GetAny(tx, "agencies/a/systems/" + id, &system));
      const std::string etag = system.etag();
      return systems_.Update(tx, &system, etag, write_, At(state, parties));
    });
  }
  Counts Of(const std::string& viewer) {
    const auto counts =
        database_->Read([&](Transaction& tx) { return systems_.CountBy(tx, viewer, "state"); });
    EXPECT_OK(counts);
    return counts.value_or(Counts());
  }
  int64_t Fold(int limit) {
    const auto folded = database_->InTurn(1, [&](Transaction& tx) { return FoldCounts(tx, limit); });
    EXPECT_OK(folded);
    return folded.value_or(0);
  }
  int64_t Wrong() {
    return *database_->Transact([](Transaction& tx) { return MendCounts(tx, "system"); });
  }

  PageTokens tokens_{std::string(32, 'k')};
  Resources systems_{"system", &tokens_};
  Write write_{"cas-york", "w1", "request-1", absl::Now()};
};

INSTANTIATE_TEST_SUITE_P(Databases, KeptCount, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(KeptCount, IsWhatEachViewerSeesBeforeAndAfterItIsFolded) {
  Keep();
  Put("1", "open");
  Put("2", "open", {"a", "b"});
  Put("3", "shut");
  for (const int limit : {0, 2, 100}) {
    Fold(limit);
    EXPECT_THAT(Of("a"), ElementsAre(Pair("open", 2), Pair("shut", 1))) << limit;
    EXPECT_THAT(Of("b"), ElementsAre(Pair("open", 1)));
    EXPECT_THAT(Of("office"), ElementsAre(Pair("open", 2), Pair("shut", 1)));
    EXPECT_THAT(Of("c"), IsEmpty());
  }
  ASSERT_OK(Move("2", "shut"));
  EXPECT_THAT(Of("a"), ElementsAre(Pair("open", 1), Pair("shut", 2)));
  EXPECT_THAT(Of("b"), IsEmpty()) << "it lost sight of the only one";
  EXPECT_OK(database_->Transact([&](Transaction& tx) {
    return EndRecord(tx, "system", "agencies/a/systems/3", "a test", End::kSealed, write_);
  }));
  EXPECT_THAT(Of("a"), ElementsAre(Pair("open", 1), Pair("shut", 1)));
  EXPECT_EQ(Wrong(), 0);
}

TEST_P(KeptCount, LeavesOutWhatARestoreKeepsClosed) {
  Keep();
  Put("1", "open");
  Put("2", "open");
  const std::string name = "agencies/a/systems/1";
  const absl::Status closed = database_->Transact([&](Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(MarkRestored(tx, 0, absl::Now()));
    return CloseRecord(tx, "system", name, "", absl::Now());
  });
  ASSERT_OK(closed);
  EXPECT_THAT(Of("a"), ElementsAre(Pair("open", 1)));
  ASSERT_OK(database_->Transact([&](Transaction& tx) { return ReopenRecord(tx, name); }));
  EXPECT_THAT(Of("a"), ElementsAre(Pair("open", 2)));
  EXPECT_EQ(Wrong(), 0);
}

TEST_P(KeptCount, HoldsWhatWasThereBeforeItWasKept) {
  Put("1", "open");
  Put("2", "shut", {"a", "b"});
  Keep();
  Put("3", "open");
  EXPECT_THAT(Of("a"), ElementsAre(Pair("open", 2), Pair("shut", 1)));
  EXPECT_THAT(Of("b"), ElementsAre(Pair("shut", 1)));
  EXPECT_EQ(Wrong(), 0);
}

TEST_P(KeptCount, OfAFieldThatIsNotKeptIsRefused) {
  Keep();
  const auto counts = database_->Read([&](Transaction& tx) { return systems_.CountBy(tx, "a", "colour"); });
  EXPECT_EQ(counts.status().code(), absl::StatusCode::kInternal);
}

TEST_P(KeptCount, OfWhatIsRolledBackIsNot) {
  Keep();
  EXPECT_FALSE(database_
                   ->Transact([&](Transaction& tx) -> absl::Status {
                     ACCORD_RETURN_IF_ERROR(Put(tx, "1", "open", {"a"}));
                     return absl::CancelledError();
                   })
                   .ok());
  EXPECT_THAT(Of("a"), IsEmpty());
}

// Writers, a fold and readers run at once: a reader never sees a number that no writer left.
TEST_P(KeptCount, IsExactWhileItIsWrittenAndFolded) {
  Keep();
  constexpr int kThreads = 3, kEach = 25;
  std::atomic<int> writing{kThreads};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      std::mt19937 random(accord::testing::SeedOr(7) + t);
      for (int i = 0; i < kEach; ++i) {
        const std::string id = absl::StrCat(t, "-", i);
        Put(id, "open", {"a", "b"});
        const bool moves = random() % 2 == 0;
        EXPECT_TRUE(!moves || Move(id, "shut", {"a"}).ok());
      }
      --writing;
    });
  }
  int64_t seen = 0;
  while (writing > 0) {
    Fold(10);
    const auto both = database_->Read([&](Transaction& tx) -> absl::StatusOr<std::pair<int64_t, int64_t>> {
      int64_t counted = 0;
      ACCORD_ASSIGN_OR_RETURN(const Counts counts, systems_.CountBy(tx, "a", "state"));
      for (const auto& [value, n] : counts) counted += n;
      ACCORD_ASSIGN_OR_RETURN(const int64_t visible, systems_.CountUpTo(tx, "a", 1'000'000));
      return std::pair(counted, visible);
    });
    ASSERT_OK(both);
    EXPECT_EQ(both->first, both->second);
    EXPECT_GE(both->first, seen);
    seen = both->first;
  }
  for (auto& thread : threads) thread.join();
  while (Fold(1000) == 1000) {
  }
  EXPECT_EQ(Wrong(), 0);
  int64_t all = 0;
  for (const auto& [value, n] : Of("a")) all += n;
  EXPECT_EQ(all, kThreads * kEach);
}

TEST_P(KeptCount, ThatIsWrongIsMendedByWhatIsVisible) {
  Keep();
  Put("1", "open");
  Fold(10);
  ASSERT_OK(
      database_->Transact([](Transaction& tx) { return tx.Exec("update count_total set n = 7").status(); }));
  EXPECT_EQ(Wrong(), 2) << "of the agency, and of the office";
  EXPECT_THAT(Of("a"), ElementsAre(Pair("open", 1)));
  EXPECT_EQ(Wrong(), 0);
}

}  // namespace
}  // namespace accord::storage
