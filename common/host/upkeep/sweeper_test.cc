#include "common/host/upkeep/sweeper.h"

#include <gmock/gmock.h>

#include "common/base/error.h"
#include "common/storage/records/resources.h"
#include "common/storage/records/schedule.h"
#include "common/testing/postgres.h"
#include "common/testing/temp_dir.h"

namespace accord::host {
namespace {

using storage::Transaction;

class ASweeper : public ::testing::TestWithParam<std::string> {
 protected:
  ASweeper() {
    const std::string dsn = GetParam() == "postgres"
                                ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                : directory_.path("db");
    database_ = *storage::Database::Open({dsn, 3});
    EXPECT_TRUE(database_->Migrate(storage::CoreMigrations()).ok());
  }
  void Due(const std::string& name, absl::Time at) {
    EXPECT_TRUE(
        database_->Transact([&](Transaction& tx) { return storage::Schedule(tx, "thing", name, at); }).ok());
  }
  absl::Status PassTime(Transaction& tx, const std::string& name) {
    if (name.starts_with("bad")) return absl::DataLossError("");
    done_.push_back(name);
    return storage::Schedule(tx, "thing", name, std::nullopt);
  }

  accord::testing::TempDir directory_;
  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  std::unique_ptr<storage::Database> database_;
  std::vector<std::string> done_;
};

INSTANTIATE_TEST_SUITE_P(Databases, ASweeper, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(ASweeper, IsNotHeldUpByManyThatAlwaysFail) {
  constexpr int kBad = 450;
  for (int i = 0; i < kBad; ++i) Due("bad" + std::to_string(i), clock_.Now() - absl::Hours(1));
  Due("good", clock_.Now() - absl::Minutes(1));
  Sweeper sweeper(database_.get(), &clock_,
                  {{"thing", [this](Transaction& tx, const std::string& name, absl::Time) {
                      return PassTime(tx, name);
                    }}});
  int passes = 0;
  while (done_.empty() && ++passes < 10) EXPECT_TRUE(sweeper.Sweep().ok());
  EXPECT_THAT(done_, ::testing::ElementsAre("good"));
  EXPECT_EQ(*sweeper.Sweep(), 0) << "nothing is done over and over";
  const auto overdue = database_->Read([&](Transaction& tx) { return storage::OverdueAt(tx, clock_.Now()); });
  EXPECT_EQ(overdue->count, kBad) << "they are still overdue";
}

TEST_P(ASweeper, ComesBackAtTheNextPassToWhatMetAnothersWrite) {
  Due("contended", clock_.Now() - absl::Minutes(1));
  bool contended = true;
  Sweeper sweeper(database_.get(), &clock_,
                  {{"thing", [&](Transaction& tx, const std::string& name, absl::Time) {
                      if (!contended) return PassTime(tx, name);
                      return Refuse(rules::kDatabaseBusy, "Try again.");
                    }}});
  EXPECT_EQ(*sweeper.Sweep(), 0);
  contended = false;
  EXPECT_EQ(*sweeper.Sweep(), 1) << "at the same moment";
  EXPECT_THAT(done_, ::testing::ElementsAre("contended"));
}

TEST_P(ASweeper, DoesChoresUntilTheyAreDoneAndWhatFailsHoldsUpNoOther) {
  int left = 500;
  const auto failing = [](Transaction&, absl::Time, int) -> absl::StatusOr<int> {
    return absl::DataLossError("");
  };
  const auto counting = [&](Transaction&, absl::Time, int batch) -> absl::StatusOr<int> {
    const int done = std::min(left, batch);
    left -= done;
    return done;
  };
  Sweeper sweeper(database_.get(), &clock_, {}, {failing, counting});
  EXPECT_EQ(*sweeper.Sweep(), 0);
  EXPECT_EQ(left, 0);
}

}  // namespace
}  // namespace accord::host
