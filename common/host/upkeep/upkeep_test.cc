#include "common/host/upkeep/upkeep.h"

#include <gmock/gmock.h>

#include "accord/registry/v1/resources.pb.h"
#include "common/base/error.h"
#include "common/storage/records/counts.h"
#include "common/storage/records/feed.h"
#include "common/storage/records/resources.h"
#include "common/testing/matchers.h"
#include "common/testing/postgres.h"
#include "common/testing/temp_dir.h"

namespace accord::host {
namespace {

using storage::Transaction;
using testing::Must;

constexpr absl::Duration kDay = absl::Hours(24);

class AnUpkeep : public ::testing::TestWithParam<std::string> {
 protected:
  AnUpkeep() {
    const std::string dsn = GetParam() == "postgres"
                                ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                : directory_.path("db");
    database_ = *storage::Database::Open({dsn, 3});
    auto migrations = storage::CoreMigrations();
    storage::KeepCounts(100, "system", {""}, &migrations);
    EXPECT_OK(database_->Migrate(migrations));
  }
  // This stores this many versions of one resource, all of which the log has compared.
  void Fill(int versions) {
    const absl::Status filled = database_->Transact([&](Transaction& tx) -> absl::Status {
      registry::v1::System system;
      system.set_name("x");
      const storage::Placement placement{"a", "", {"a"}, {}};
      for (int i = 0; i < versions; ++i) {
        const storage::Write write{"a", "w", "r", clock_.Now()};
        const std::string etag = system.etag();
        ACCORD_RETURN_IF_ERROR(i == 0 ? systems_.Insert(tx, &system, write, placement)
                                      : systems_.Update(tx, &system, etag, write, placement));
      }
      return storage::NoteSettled(tx, versions);
    });
    ASSERT_OK(filled);
    ASSERT_OK(storage::NumberEvents(database_.get(), versions));
  }
  int64_t Rows(const std::string& table) {
    const auto rows = Must(
        database_->Read([&](Transaction& tx) { return tx.Query<int64_t>("select count(*) from " + table); }));
    return std::get<0>(rows.at(0));
  }
  static v1::HostConfig Config(int events, int revisions) {
    v1::HostConfig config;
    config.set_stored_event_days(events);
    config.set_stored_revision_days(revisions);
    return config;
  }

  accord::testing::TempDir directory_;
  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  std::unique_ptr<storage::Database> database_;
  storage::PageTokens tokens_{std::string(32, 'k')};
  storage::Resources systems_{"system", &tokens_};
};

INSTANTIATE_TEST_SUITE_P(Databases, AnUpkeep, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(AnUpkeep, SweepsHistoryInStepsUnderOneLeaseAndThenRests) {
  Fill(1200);
  clock_.Advance(100 * kDay);
  Upkeep one(database_.get(), &clock_, Config(30, 95)), other(database_.get(), &clock_, Config(30, 95));
  int steps = 1;
  while (*one.SweepHistory()) {
    ++steps;
    EXPECT_FALSE(*other.SweepHistory()) << "two replicas do not sweep at once";
  }
  EXPECT_GT(steps, 4) << "a transaction looks at a few hundred rows";
  EXPECT_EQ(Rows("event"), 1);
  EXPECT_EQ(Rows("revision"), 1);
  const auto lease = [&] {
    return database_->Read([](Transaction& tx) {
      return tx.Query<int64_t>("select expires_us from lease where name = 'history'");
    });
  };
  const int64_t rests_until = std::get<0>(lease()->at(0));
  EXPECT_GT(rests_until, absl::ToUnixMicros(clock_.Now() + absl::Hours(1)));
  EXPECT_FALSE(*other.SweepHistory());
  EXPECT_EQ(std::get<0>(lease()->at(0)), rests_until);
}

TEST_P(AnUpkeep, KeepsVersionsForEverUnlessItIsToldAndNeverShorterThanRequestsAreKnown) {
  Fill(10);
  clock_.Advance(89 * kDay);
  const auto sweep = [&](const v1::HostConfig& config) {
    clock_.Advance(absl::Hours(7));
    Upkeep upkeep(database_.get(), &clock_, config);
    while (*upkeep.SweepHistory()) {
    }
  };
  sweep(Config(-1, 1));
  EXPECT_EQ(Rows("revision"), 10) << "a request of 89 days ago is still known";
  clock_.Advance(2000 * kDay);
  sweep(Config(-1, 0));
  EXPECT_EQ(Rows("event"), 10);
  EXPECT_EQ(Rows("revision"), 10);
  sweep(Config(0, 0));
  EXPECT_EQ(Rows("event"), 1) << "400 days are the default";
  EXPECT_EQ(Rows("revision"), 10);
}

TEST_P(AnUpkeep, FoldsCounts) {
  Fill(1);
  Upkeep upkeep(database_.get(), &clock_, v1::HostConfig());
  EXPECT_GT(Rows("count_change"), 0);
  EXPECT_FALSE(*upkeep.FoldCounts());
  EXPECT_EQ(Rows("count_change"), 0);
  EXPECT_EQ(Rows("count_total"), 1);
}

TEST_P(AnUpkeep, IndexesForListsWhatTheVersionBeforeStored) {
  Fill(2);
  Upkeep upkeep(database_.get(), &clock_, v1::HostConfig());
  EXPECT_EQ(Rows("resource where listed = version"), 1);
  ASSERT_OK(database_->Transact(
      [](Transaction& tx) { return tx.Exec("update resource set version = version + 1").status(); }));
  EXPECT_EQ(Rows("resource where listed = version"), 0);
  EXPECT_FALSE(*upkeep.ListOlder()) << "one row is less than a batch";
  EXPECT_EQ(Rows("resource where listed = version"), 1);
}

TEST_P(AnUpkeep, SealsOnceAndUnderOneLeaseWhatTheVersionBeforeStoredInClear) {
  Fill(1);
  v1::HostConfig config;
  config.set_name("protocols");
  Upkeep one(database_.get(), &clock_, config), other(database_.get(), &clock_, config);
  EXPECT_FALSE(*one.SealClasses());
  EXPECT_FALSE(*other.SealClasses());
  EXPECT_EQ(Rows("sealed_classes"), 0) << "replicas of the version before may still write";
  clock_.Advance(Upkeep::kRoll);
  EXPECT_TRUE(*one.SealClasses());
  EXPECT_FALSE(*other.SealClasses()) << "two replicas do not seal at once";
  while (*one.SealClasses()) {
  }
  EXPECT_EQ(Rows("sealed_classes"), 1);
  // A service without sealed fields has nothing to do.
  config.set_name("registry");
  EXPECT_FALSE(*Upkeep(database_.get(), &clock_, config).SealClasses());
}

}  // namespace
}  // namespace accord::host
