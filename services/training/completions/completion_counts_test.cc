#include "services/training/completions/completion_counts.h"

#include <gmock/gmock.h>

#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/storage/records/resources.h"
#include "common/testing/matchers.h"
#include "common/testing/postgres.h"
#include "common/testing/temp_dir.h"
#include "services/training/completions/completion_store.h"
#include "services/training/training_store.h"

namespace accord::training {
namespace {

using storage::Transaction;
using testing::Must;

class CompletionCount : public ::testing::TestWithParam<std::string> {
 protected:
  CompletionCount() {
    const std::string dsn = GetParam() == "postgres"
                                ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                : directory_.path("db");
    database_ = *storage::Database::Open({dsn, 3});
    EXPECT_OK(database_->Migrate(storage::WithCore(TrainingMigrations())));
  }
  static absl::Status Add(Transaction& tx, const std::string& learner) {
    return AddCompletion(tx, {"college", "git", "ps-york", learner, "2026-11-24"});
  }
  void Add(const std::string& learner) {
    ASSERT_OK(database_->Transact([&](Transaction& tx) { return Add(tx, learner); }));
  }
  int64_t Count() {
    const auto tallies =
        Must(database_->Read([](Transaction& tx) { return CountCompletions(tx, "college"); }));
    return tallies.empty() ? 0 : tallies.front().count;
  }
  int Fold(int batch) {
    return *database_->InTurn(1,
                              [&](Transaction& tx) { return FoldCompletionChanges(tx, absl::Now(), batch); });
  }

  accord::testing::TempDir directory_;
  std::unique_ptr<storage::Database> database_;
};

INSTANTIATE_TEST_SUITE_P(Databases, CompletionCount, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(CompletionCount, IsTheSameBeforeAndAfterItIsFolded) {
  for (const char* learner : {"p1", "p2", "p3", "p1"}) Add(learner);
  EXPECT_EQ(Count(), 3) << "the same completion is one";
  EXPECT_EQ(Fold(2), 2);
  EXPECT_EQ(Count(), 3);
  ASSERT_OK(database_->Transact([](Transaction& tx) {
    return RemoveCompletion(tx, {"college", "git", "ps-york", "p2", "2026-11-24"});
  }));
  EXPECT_EQ(Count(), 2);
  EXPECT_EQ(Fold(10), 2);
  EXPECT_EQ(Fold(10), 0);
  EXPECT_EQ(Count(), 2);
}

using PostgresCompletionCount = CompletionCount;

INSTANTIATE_TEST_SUITE_P(Databases, PostgresCompletionCount, ::testing::Values("postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(PostgresCompletionCount, IsNoNumberThatTwoWouldHaveToWaitFor) {
  int attempts = 0;
  const absl::Status open = database_->Transact([&](Transaction& tx) -> absl::Status {
    ++attempts;
    ACCORD_RETURN_IF_ERROR(Add(tx, "p1"));
    Add("p2");
    return absl::OkStatus();
  });
  EXPECT_OK(open);
  EXPECT_EQ(attempts, 1);
  EXPECT_EQ(Count(), 2);
}

}  // namespace
}  // namespace accord::training
