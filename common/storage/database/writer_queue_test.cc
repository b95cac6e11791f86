#include "common/storage/database/writer_queue.h"

#include <gmock/gmock.h>

#include <atomic>
#include <filesystem>
#include <future>
#include <thread>

#include "common/storage/testing/fixture.h"
#include "common/testing/eventually.h"

namespace accord::storage {
namespace {

class Writers : public Storage {
 protected:
  absl::Status Add(const std::string& name, bool fail = false) {
    return database_->Transact([&](Transaction& tx) -> absl::Status {
      ACCORD_RETURN_IF_ERROR(tx.Exec("insert into counter (name, value) values (:p1, 1)", name).status());
      return fail ? absl::CancelledError("") : absl::OkStatus();
    });
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, Writers, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(Writers, ThatFailTakeNobodyElsesWritesWithThem) {
  constexpr int kThreads = 8, kEach = 25;
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < kEach; ++i) {
        const bool fail = (thread + i) % 3 == 0;
        const std::string name = std::to_string(thread) + "-" + std::to_string(i);
        if (Add(name, fail).ok() == fail) ++wrong;
        if (Counter(name).has_value() == fail) ++wrong;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST_P(Writers, AnErrorThatNobodyLooksAtIsNotCommitted) {
  ASSERT_OK(Add("taken"));
  const absl::Status status = database_->Transact([](Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(tx.Exec("insert into counter (name, value) values ('kept', 1)").status());
    (void)tx.Exec("insert into counter (name, value) values ('taken', 1)");
    return absl::OkStatus();
  });
  EXPECT_EQ(RuleOf(status), "ALREADY_EXISTS");
  EXPECT_FALSE(Counter("kept"));
  EXPECT_OK(Add("kept"));
}

using PostgresWriters = Writers;
INSTANTIATE_TEST_SUITE_P(Databases, PostgresWriters, ::testing::Values("postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(PostgresWriters, AConflictThatIsTakenForSomethingElseIsStillTriedAgain) {
  ASSERT_OK(Add("n"));
  int attempts = 0;
  const absl::Status status = database_->Transact([&](Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(tx.Query<int64_t>("select value from counter where name = 'n'").status());
    if (++attempts == 1) {
      EXPECT_OK(database_->Transact([](Transaction& other) {
        return other.Exec("update counter set value = 2 where name = 'n'").status();
      }));
    }
    if (!tx.Exec("update counter set value = 3 where name = 'n'").ok()) return absl::NotFoundError("no such");
    return absl::OkStatus();
  });
  EXPECT_OK(status);
  EXPECT_EQ(attempts, 2);
  EXPECT_EQ(Counter("n"), 3);
}

class SqliteWriters : public Writers {};

INSTANTIATE_TEST_SUITE_P(Databases, SqliteWriters, ::testing::Values("sqlite"),
                         [](const auto& test) { return test.param; });

TEST_P(SqliteWriters, TakeTurnsInTheOrderInWhichTheyCame) {
  WriterQueue writer_queue(directory_.path("turns"));
  std::promise<void> go_on;
  std::atomic<bool> holds{false};
  std::thread first([&] {
    const auto work = [&](DatabaseSession*) {
      holds = true;
      go_on.get_future().wait();
      return absl::OkStatus();
    };
    EXPECT_OK(writer_queue.Run(work, absl::InfiniteFuture()));
  });
  ASSERT_TRUE(accord::testing::Eventually([&] { return holds.load(); }));
  std::vector<int> order;
  std::vector<std::thread> others;
  for (int i = 0; i < 5; ++i) {
    others.emplace_back([&, i] {
      const auto work = [&](DatabaseSession*) {
        order.push_back(i);
        return absl::OkStatus();
      };
      EXPECT_OK(writer_queue.Run(work, absl::InfiniteFuture()));
    });
    ASSERT_TRUE(accord::testing::Eventually([&] { return writer_queue.waiting() == i + 1; }));
  }
  go_on.set_value();
  first.join();
  for (auto& thread : others) thread.join();
  EXPECT_THAT(order, ::testing::ElementsAre(0, 1, 2, 3, 4));
}

TEST_P(SqliteWriters, ALongLogIsCopiedIntoTheFileBesideThem) {
  constexpr int kWrites = 8;
  constexpr int64_t kMegabyte = 1 << 20;
  for (int i = 0; i < kWrites; ++i) ASSERT_OK(Add(std::to_string(i) + std::string(kMegabyte, 'x')));
  // This happens whether or not anybody writes again.
  EXPECT_TRUE(accord::testing::Eventually(
      [&] { return std::filesystem::file_size(directory_.path("db")) > kWrites * kMegabyte; }));
  for (int i = 0; i < kWrites; ++i) {
    EXPECT_EQ(Counter(std::to_string(i) + std::string(kMegabyte, 'x')), 1);
  }
}

TEST_P(SqliteWriters, WhoNeverPauseLeaveTheLogShort) {
  constexpr int kThreads = 4, kEach = 40;
  constexpr int64_t kMegabyte = 1 << 20;
  std::vector<std::thread> threads;
  std::atomic<int> failed{0};
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < kEach; ++i) {
        const std::string name = std::to_string(thread) + "-" + std::to_string(i);
        if (!Add(name + std::string(kMegabyte, 'x')).ok()) ++failed;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  // The log's file keeps its largest size. With the index, 320 megabytes went through it.
  EXPECT_LT(std::filesystem::file_size(directory_.path("db-wal")), 96 * kMegabyte);
}

TEST_P(SqliteWriters, WhoWaitsTooLongIsToldSo) {
  std::promise<void> go_on;
  std::atomic<bool> holds{false};
  std::thread first([&] {
    EXPECT_OK(database_->Transact([&](Transaction&) {
      holds = true;
      go_on.get_future().wait();
      return absl::OkStatus();
    }));
  });
  ASSERT_TRUE(accord::testing::Eventually([&] { return holds.load(); }));
  {
    const WaitUntil until(absl::Now() + absl::Milliseconds(50));
    EXPECT_EQ(RuleOf(Add("late")), "DATABASE_POOL_EXHAUSTED");
  }
  go_on.set_value();
  first.join();
  EXPECT_OK(Add("later"));
  EXPECT_FALSE(Counter("late"));
}

}  // namespace
}  // namespace accord::storage
