#include <gmock/gmock.h>
#include <sys/stat.h>

#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/storage/records/idempotency.h"
#include "common/storage/testing/fixture.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/wrappers.pb.h"

namespace accord::storage {
namespace {

using google::protobuf::StringValue;

INSTANTIATE_TEST_SUITE_P(Databases, Storage, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

StringValue Text(const std::string& text) {
  StringValue value;
  value.set_value(text);
  return value;
}

TEST_P(Storage, WhatWasRolledBackIsGone) {
  const absl::Status status = database_->Transact([](Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(tx.Exec("insert into counter (name, value) values ('x', 1)").status());
    return absl::CancelledError();
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(Counter("x"), std::nullopt);
}

TEST_P(Storage, NoUpdateIsLostUnderContention) {
  ASSERT_OK(database_->Transact(
      [](Transaction& tx) { return tx.Exec("insert into counter (name, value) values ('n', 0)").status(); }));
  std::atomic<int> done{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 25; ++i) {
        const absl::Status status = database_->Transact([](Transaction& tx) -> absl::Status {
          ACCORD_ASSIGN_OR_RETURN(auto rows, tx.Query<int64_t>("select value from counter where name = 'n'"));
          return tx.Exec("update counter set value = :p1 where name = 'n'", std::get<0>(rows[0]) + 1)
              .status();
        });
        if (status.ok()) ++done;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  // The number of retries is bounded, so a call may give up, but must then report an error.
  EXPECT_EQ(Counter("n"), done.load());
  EXPECT_GT(done.load(), 50);
}

TEST_P(Storage, ASessionForgetsPreparedStatementsBeyondABound) {
  EXPECT_OK(database_->Transact([](Transaction& tx) -> absl::Status {
    for (int64_t i = 0; i < 1200; ++i) {
      ACCORD_ASSIGN_OR_RETURN(const auto rows,
                              tx.Query<int64_t>(absl::StrCat("select cast(:p1 as bigint) + ", i), i));
      EXPECT_EQ(std::get<0>(rows.at(0)), 2 * i);
    }
    if (!tx.postgres()) return absl::OkStatus();
    ACCORD_ASSIGN_OR_RETURN(const auto kept,
                            tx.Query<int64_t>("select count(*) from pg_prepared_statements"));
    EXPECT_LE(std::get<0>(kept.at(0)), 501);
    return absl::OkStatus();
  }));
}

TEST_P(Storage, HostileTextIsOnlyText) {
  for (const std::string& text : {std::string("'; drop table counter; --"), std::string("\" or 1=1"),
                                  std::string("%_\\"), std::string("héllo ☃")}) {
    ASSERT_OK(database_->Transact([&](Transaction& tx) {
      return tx.Exec("insert into counter (name, value) values (:p1, 7)", text).status();
    }));
    EXPECT_EQ(Counter(text), 7);
  }
}

TEST_P(Storage, NulIsRefusedRatherThanCut) {
  const absl::Status status = database_->Transact([](Transaction& tx) {
    return tx.Exec("insert into counter (name, value) values (:p1, 7)", std::string("a\0b", 3)).status();
  });
  EXPECT_EQ(RuleOf(status), "TEXT_WITH_NUL");
}

TEST_P(Storage, DatabaseErrorsSayNothingOfTheData) {
  const absl::Status status = database_->Transact([](Transaction& tx) {
    return tx.Exec("insert into no_such_table (name) values (:p1)", std::string("Jane Canary")).status();
  });
  EXPECT_EQ(RuleOf(status), "DATABASE_ERROR");
  EXPECT_THAT(status.ToString(), ::testing::Not(::testing::HasSubstr("Canary")));
}

TEST_P(Storage, NullsAndLargeNumbersRoundTrip) {
  ASSERT_OK(database_->Transact([](Transaction& tx) {
    return tx
        .Exec("insert into counter (name, value) values ('null', :p1), ('big', :p2)",
              std::optional<int64_t>(), int64_t{9'007'199'254'740'993})
        .status();
  }));
  EXPECT_EQ(Counter("big"), 9'007'199'254'740'993);
  EXPECT_EQ(Counter("null"), std::nullopt);
}

TEST_P(Storage, OnceAnswersTheSameAndRunsOnce) {
  int runs = 0;
  const Write write{"cas-york", "w1", "request-1", absl::Now()};
  const auto once = [&](const std::string& method, const StringValue& request, const Write& by) {
    return database_->Transact([&](Transaction& tx) -> absl::StatusOr<StringValue> {
      return Once<StringValue>(tx, by, method, request, [&]() -> absl::StatusOr<StringValue> {
        return Text("run " + std::to_string(++runs));
      });
    });
  };
  EXPECT_EQ(once("/m", Text("a"), write)->value(), "run 1");
  EXPECT_EQ(once("/m", Text("a"), write)->value(), "run 1");
  EXPECT_EQ(RuleOf(once("/m", Text("b"), write).status()), "REQUEST_ID_REUSED");
  EXPECT_EQ(RuleOf(once("/other", Text("a"), write).status()), "REQUEST_ID_REUSED");
  EXPECT_EQ(once("/m", Text("a"), Write{"ps-york", "w1", "request-1", absl::Now()})->value(), "run 2");
}

TEST_P(Storage, AnAnswerThatIsGoneIsRefusedAndItsRequestNeverRunsAgain) {
  const absl::Time now = absl::Now();
  int runs = 0;
  const auto once = [&](const std::string& id, absl::Time at) {
    return database_->Transact([&](Transaction& tx) -> absl::StatusOr<StringValue> {
      const Write write{"cas-york", "w1", id, at};
      return Once<StringValue>(tx, write, "/m", Text("a"), [&]() -> absl::StatusOr<StringValue> {
        return Text("run " + std::to_string(++runs));
      });
    });
  };
  const auto expire = [&] {
    return *database_->Transact([&](Transaction& tx) {
      return ExpireAnswers(tx, now - absl::Hours(24 * 7), now - absl::Hours(24 * 90), 10);
    });
  };
  ASSERT_OK(once("young", now - absl::Hours(24 * 6)));
  ASSERT_OK(once("week-old", now - absl::Hours(24 * 8)));
  ASSERT_OK(once("quarter-old", now - absl::Hours(24 * 91)));
  EXPECT_EQ(expire(), 3) << "two answers, one of which is so old that its request is forgotten at once";
  EXPECT_EQ(expire(), 0);
  EXPECT_OK(once("young", now));
  EXPECT_EQ(RuleOf(once("week-old", now).status()), "ANSWER_EXPIRED");
  EXPECT_EQ(runs, 3);
  EXPECT_OK(once("quarter-old", now));
  EXPECT_EQ(runs, 4) << "a request that nobody remembers is a new one";
}

TEST(SqliteFiles, AreTheirOwnersAlone) {
  const accord::testing::TempDir directory;
  const auto mode = [&](const std::string& name) {
    struct stat info {};
    return stat(directory.path(name).c_str(), &info) == 0 ? info.st_mode & 0777 : 0;
  };
  const mode_t before = umask(0);
  for (const bool old : {false, true}) {
    if (old) chmod(directory.path("db").c_str(), 0644);
    const auto database = *Database::Open({directory.path("db"), 2});
    ASSERT_OK(database->Migrate(CoreMigrations()));
    for (const char* name : {"db", "db-wal", "db-shm"}) EXPECT_EQ(mode(name), 0600u) << name;
  }
  umask(before);
}

// All sessions that agencies' calls may use are taken, and a caller of the reserved ones continues.
TEST_P(Storage, ReservedSessionsAreThereWhenAllOthersAreHeld) {
  const std::string dsn = GetParam() == "postgres" ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                                   : directory_.path("reserved");
  const auto database = *Database::Open({.dsn = dsn, .sessions = 1, .reserved_sessions = 1});
  const auto read = [&] {
    return database->Read([](Transaction& tx) { return tx.Query<int64_t>("select 7").status(); });
  };
  const absl::Status held = database->Read([&](Transaction&) -> absl::Status {
    const WaitUntil soon(absl::Now() + absl::Milliseconds(20));
    EXPECT_EQ(RuleOf(read()), "DATABASE_POOL_EXHAUSTED");
    const ReservedSessions reserved;
    return read();
  });
  EXPECT_OK(held);
  EXPECT_OK(read());
}

}  // namespace
}  // namespace accord::storage
