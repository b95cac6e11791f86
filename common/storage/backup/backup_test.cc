#include <gmock/gmock.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "common/storage/backup/contents.h"
#include "common/storage/backup/place_sqlite.h"
#include "common/storage/backup/point.h"
#include "common/storage/testing/fixture.h"

namespace accord::storage {
namespace {

namespace fs = std::filesystem;

class Backup : public ::testing::Test {
 protected:
  static std::vector<Migration> Migrations() {
    return {{100, "pairs", "create table pair (a bigint not null, b bigint not null)"}};
  }
  std::unique_ptr<Database> Open(const std::string& path) {
    auto database = *Database::Open({path, 2});
    EXPECT_OK(database->Migrate(Migrations()));
    return database;
  }
  static int64_t Count(Database& database) {
    const auto rows =
        database.Read([](Transaction& tx) { return tx.Query<int64_t>("select count(*) from pair"); });
    return rows.ok() ? std::get<0>(rows->at(0)) : -1;
  }
  static absl::Status Add(Database& database, int64_t n) {
    return database.Transact([&](Transaction& tx) -> absl::Status {
      ACCORD_RETURN_IF_ERROR(tx.Exec("insert into pair (a, b) values (:p1, 0)", n).status());
      return tx.Exec("update pair set b = :p1 where a = :p1", n).status();
    });
  }
  static absl::Status Copy(const std::string& from, const std::string& to) {
    ACCORD_ASSIGN_OR_RETURN(const auto point, Point::Open(from));
    ACCORD_RETURN_IF_ERROR(point->Take());
    return point->Copy(to);
  }

  accord::testing::TempDir directory_;
  const std::string live_ = directory_.path("live"), copy_ = directory_.path("copy");
};

TEST_F(Backup, ACopyMadeWhileWritingIsOneStateOfTheDatabase) {
  const auto database = Open(live_);
  std::atomic<int64_t> written{0};
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    while (!stop) {
      if (Add(*database, written + 1).ok()) ++written;
    }
  });
  while (written < 20) std::this_thread::yield();
  const int64_t before = written;
  const absl::Status copied = Copy(live_, copy_);
  const int64_t after = written;
  stop = true;
  writer.join();
  ASSERT_OK(copied);
  const auto copy = Open(copy_);
  EXPECT_GE(Count(*copy), before);
  EXPECT_LE(Count(*copy), after + 1);
  const auto torn =
      copy->Read([](Transaction& tx) { return tx.Query<int64_t>("select a from pair where a <> b"); });
  EXPECT_EQ(torn->size(), 0u);
  EXPECT_EQ(ContentsOf(copy_)->schema, 100);
  EXPECT_EQ(fs::status(copy_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(Backup, LookingForADatabaseMakesNone) {
  EXPECT_TRUE(absl::IsNotFound(ContentsOf(live_).status()));
  EXPECT_TRUE(absl::IsNotFound(Copy(live_, copy_)));
  EXPECT_FALSE(fs::exists(live_));
  EXPECT_FALSE(fs::exists(copy_));
}

TEST_F(Backup, ADatabaseIsReplacedOnlyOnRequestAndOnlyWhenNobodyHasItOpen) {
  {
    const auto database = Open(live_);
    ASSERT_OK(Add(*database, 1));
    ASSERT_OK(Copy(live_, copy_));
    ASSERT_OK(Add(*database, 2));
    EXPECT_EQ(RuleOf(PlaceSqlite(copy_, live_, false).status()), "DATABASE_NOT_EMPTY");
    EXPECT_EQ(RuleOf(PlaceSqlite(copy_, live_, true).status()), "DATABASE_IN_USE");
    EXPECT_EQ(Count(*database), 2);
  }
  const auto kept = PlaceSqlite(copy_, live_, true);
  ASSERT_OK(kept);
  EXPECT_EQ(Count(*Open(live_)), 1);
  EXPECT_EQ(Count(*Open(*kept)), 2) << "what was replaced is kept";
  const std::string elsewhere = directory_.path("new");
  EXPECT_EQ(*PlaceSqlite(copy_, elsewhere, false), "");
  EXPECT_EQ(Count(*Open(elsewhere)), 1);
}

TEST_F(Backup, ADamagedDatabaseIsNotCopiedAsIfItWereSound) {
  {
    const auto database = Open(live_);
    ASSERT_OK(database->Transact([](Transaction& tx) -> absl::Status {
      for (int i = 0; i < 2000; ++i) {
        ACCORD_RETURN_IF_ERROR(tx.Exec("insert into pair (a, b) values (:p1, 0)", i).status());
      }
      return absl::OkStatus();
    }));
  }
  std::fstream file(live_, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096 * 3);
  file << std::string(4096, '\x5a');
  file.close();
  ASSERT_TRUE(file);
  EXPECT_THAT(Copy(live_, copy_),
              ::testing::AnyOf(FailsWith(absl::StatusCode::kDataLoss, "was copied from a damaged database"),
                               RefusedBy("DATABASE_UNAVAILABLE")));
}

}  // namespace
}  // namespace accord::storage
