#include "common/storage/backup/point.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/storage/backup/restoration.h"
#include "common/storage/database/database.h"
#include "common/storage/records/resources.h"
#include "common/testing/eventually.h"
#include "common/testing/postgres.h"
#include "common/testing/temp_dir.h"

namespace accord::storage {
namespace {

// These are two databases, where each row of the second follows from a row of the first.
class APoint : public ::testing::TestWithParam<bool> {
 protected:
  APoint() {
    for (int i = 0; i < 2; ++i) {
      dsn_[i] = GetParam() ? testing::PostgresCluster::Shared().NewDatabase()
                           : directory_.path(absl::StrCat(i, ".db"));
      database_[i] = *Database::Open({dsn_[i], 2});
      EXPECT_TRUE(database_[i]->Migrate(CoreMigrations()).ok());
      point_[i] = *Point::Open(dsn_[i]);
    }
  }
  absl::Status Change(int database, const std::string& name) {
    return database_[database]->Transact([&](Transaction& tx) {
      return tx
          .Exec(
              "insert into event (kind, name, owner, state, at_us, request_id, tx) values "
              "('k', :p1, 'o', '', 0, 'r', 0)",
              name)
          .status();
    });
  }
  static int64_t Count(Point* point) {
    const auto rows = point->Query("select count(*) from event");
    return rows.ok() ? std::stoll(rows->at(0).at(0)) : -1;
  }

  testing::TempDir directory_;
  std::string dsn_[2];
  std::unique_ptr<Database> database_[2];
  std::unique_ptr<Point> point_[2];
};

TEST_P(APoint, HoldsAcrossDatabasesWhileWritersGoOn) {
  std::atomic<bool> stop{false};
  std::atomic<int> written{0};
  std::thread writer([&] {
    for (int i = 0; !stop; ++i) {
      // An effect must never be there without its cause.
      ASSERT_TRUE(Change(0, absl::StrCat(i)).ok());
      ASSERT_TRUE(Change(1, absl::StrCat(i)).ok());
      ++written;
    }
  });
  EXPECT_TRUE(testing::Eventually([&] { return written > 5; }));
  // The effect's database is taken first: if the two were taken one after the other, the counts would differ.
  const absl::Status taken = TakePointsTogether({point_[1].get(), point_[0].get()}, {}, absl::Seconds(10));
  const int at = written;
  EXPECT_TRUE(testing::Eventually([&] { return written > at + 5; }));
  stop = true;
  writer.join();
  ASSERT_TRUE(taken.ok()) << taken;
  const int64_t causes = Count(point_[0].get()), effects = Count(point_[1].get());
  EXPECT_GE(causes, effects);
  EXPECT_LE(causes, effects + 1);
  EXPECT_LE(effects, at + 1) << "what came after the instant is not in it";
  if (GetParam()) {
    EXPECT_FALSE(point_[0]->snapshot().empty());
    return;
  }
  ASSERT_TRUE(point_[0]->Copy(directory_.path("copy")).ok());
  const auto copy = *Point::Open(directory_.path("copy"));
  ASSERT_TRUE(copy->Take().ok());
  EXPECT_EQ(Count(copy.get()), causes);
}

TEST_P(APoint, AWriterThatHangsIsGivenUpAndKeepsNobodyWaiting) {
  absl::Notification stop;
  std::atomic<bool> began{false};
  std::thread hangs([&] {
    EXPECT_TRUE(database_[1]
                    ->Transact([&](Transaction& tx) -> absl::Status {
                      ACCORD_RETURN_IF_ERROR(tx.Exec("insert into event (kind, name, owner, state, at_us, "
                                                     "request_id, tx) values ('k','n','o','',0,'r',0)")
                                                 .status());
                      began = true;
                      stop.WaitForNotification();
                      return absl::OkStatus();
                    })
                    .ok());
  });
  EXPECT_TRUE(testing::Eventually([&] { return began.load(); }));
  const absl::Status taken =
      TakePointsTogether({point_[0].get(), point_[1].get()}, {}, absl::Milliseconds(100));
  EXPECT_EQ(RuleOf(taken), "WRITERS_DID_NOT_PAUSE");
  EXPECT_TRUE(Change(0, "goes on").ok());
  stop.Notify();
  hangs.join();
}

TEST_P(APoint, ARestoredDatabaseSaysThatNothingIsReplayedYet) {
  EXPECT_TRUE(database_[0]->Read(RestorationOf)->replayed) << "one that never was";
  ASSERT_TRUE(database_[0]->Transact([](Transaction& tx) { return MarkRestored(tx, 7, absl::Now()); }).ok());
  const auto waits = *database_[0]->Read(RestorationOf);
  EXPECT_TRUE(waits.restored);
  EXPECT_FALSE(waits.replayed);
  EXPECT_EQ(waits.log_from, 7);
  ASSERT_TRUE(database_[0]->Transact(MarkReplayed).ok());
  EXPECT_TRUE(database_[0]->Read(RestorationOf)->replayed);
}

INSTANTIATE_TEST_SUITE_P(Databases, APoint, ::testing::Bool(),
                         [](const auto& each) { return each.param ? "Postgresql" : "Sqlite"; });

}  // namespace
}  // namespace accord::storage
