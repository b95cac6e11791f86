// These tests cover lost connections, unavailable databases, and commits whose answer is lost.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "common/storage/records/idempotency.h"
#include "common/storage/testing/fixture.h"
#include "google/protobuf/wrappers.pb.h"

namespace accord::storage {
namespace {

using google::protobuf::StringValue;
using Outage = Storage;

INSTANTIATE_TEST_SUITE_P(Databases, Outage, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

absl::Status Lost() { return Refuse(rules::kDatabaseUnavailable, "Lost."); }

absl::Status Add(Transaction& tx, const std::string& name) {
  return tx.Exec("insert into counter (name, value) values (:p1, 1)", name).status();
}

class Request {
 public:
  explicit Request(const std::string& id) : write_{"cas-york", "w1", id, absl::Now()} {}
  // This adds a row that only one of several runs can add.
  absl::StatusOr<StringValue> Run(Transaction& tx) {
    return Once<StringValue>(tx, write_, "/m", StringValue(), [&]() -> absl::StatusOr<StringValue> {
      ACCORD_RETURN_IF_ERROR(Add(tx, write_.request_id));
      StringValue answer;
      answer.set_value("run " + std::to_string(++runs_));
      return answer;
    });
  }

 private:
  const Write write_;
  std::atomic<int> runs_{0};
};

TEST_P(Outage, ACommitWhoseAnswerIsLostRunsOnce) {
  Request request("lost-answer");
  int attempts = 0;
  const auto answer = database_->Transact([&](Transaction& tx) -> absl::StatusOr<StringValue> {
    auto result = request.Run(tx);
    if (++attempts > 1 || !result.ok()) return result;
    // The work is committed, but the caller gets no answer.
    EXPECT_OK(tx.Exec("commit"));
    return Lost();
  });
  ASSERT_OK(answer);
  EXPECT_EQ(answer->value(), "run 1");
  EXPECT_EQ(attempts, 2);
}

TEST_P(Outage, WhatAnotherTookMeanwhileIsSeenByTheNextAttempt) {
  int attempts = 0;
  const absl::Status added = database_->Transact([&](Transaction& tx) -> absl::Status {
    switch (++attempts) {
      case 1:
        return Lost();
      case 2:  // The server commits only now.
        return Refuse(rules::kAlreadyExists, "There is one already.");
      default:
        return Add(tx, "x");
    }
  });
  EXPECT_OK(added);
  EXPECT_EQ(attempts, 3);
  EXPECT_EQ(RuleOf(database_->Transact([&](Transaction& tx) { return Add(tx, "x"); })), "ALREADY_EXISTS");
}

TEST_P(Outage, TheSameRequestManyTimesAtOnceRunsOnce) {
  for (int round = 0; round < 10; ++round) {
    Request request("at-once-" + std::to_string(round));
    std::vector<absl::StatusOr<StringValue>> answers(4);
    std::vector<std::thread> threads;
    for (auto& answer : answers) {
      threads.emplace_back(
          [&] { answer = database_->Transact([&](Transaction& tx) { return request.Run(tx); }); });
    }
    for (auto& thread : threads) thread.join();
    for (const auto& answer : answers) {
      ASSERT_OK(answer);
      EXPECT_EQ(answer->value(), answers[0]->value());
    }
  }
}

TEST_P(Outage, NoAttemptBeginsAfterTheCallersTimeIsOver) {
  int attempts = 0;
  const WaitUntil over(absl::Now());
  EXPECT_EQ(RuleOf(database_->Transact([&](Transaction&) {
              ++attempts;
              return Lost();
            })),
            "DATABASE_UNAVAILABLE");
  EXPECT_EQ(attempts, 1);
}

class PostgresOutage : public ::testing::Test {
 protected:
  PostgresOutage() : dsn_(accord::testing::PostgresCluster::Shared().NewDatabase()) {
    database_ = *Database::Open({dsn_, 3});
    other_ = *Database::Open({dsn_, 1});
    auto migrations = CoreMigrations();
    migrations.push_back({100, "counter", "create table counter (name text primary key, value bigint)"});
    EXPECT_OK(database_->Migrate(migrations));
  }
  void EndConnections() {
    EXPECT_OK(other_->Transact([](Transaction& tx) {
      return tx
          .Query<int64_t>(
              "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity where datname = "
              "current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'")
          .status();
    }));
  }
  const std::string dsn_;
  std::unique_ptr<Database> database_, other_;
};

TEST_F(PostgresOutage, ConnectionsThatEndedWhileIdleAreReplaced) {
  for (int i = 0; i < 6; ++i) {
    EndConnections();
    EXPECT_OK(database_->Transact([&](Transaction& tx) { return Add(tx, std::to_string(i)); }));
  }
}

TEST_F(PostgresOutage, ATransactionWhoseConnectionEndsIsRunAgainAsAWhole) {
  int attempts = 0;
  const absl::Status added = database_->Transact([&](Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(Add(tx, "first"));
    if (++attempts == 1) EndConnections();
    return Add(tx, "second");
  });
  EXPECT_OK(added);
  EXPECT_EQ(attempts, 2);
}

TEST_F(PostgresOutage, OutOfReachIsUnavailableWithWhenToComeBackAndHealsByItself) {
  const auto run = [&](const char* sql) {
    return other_->Transact([&](Transaction& tx) { return tx.Exec(sql).status(); });
  };
  const auto read = [&] {
    return database_->Read([](Transaction& tx) { return tx.Query<int64_t>("select 1").status(); });
  };
  // This refuses connections as this role, except to the superusers of other_.
  ASSERT_OK(run("create role clerk login"));
  ASSERT_OK(run("grant all on schema public to clerk"));
  database_ = *Database::Open({absl::StrReplaceAll(dsn_, {{"accord@", "clerk@"}}), 3});
  EXPECT_OK(read());
  ASSERT_OK(run("alter role clerk nologin"));
  EndConnections();
  const absl::Status away = read();
  EXPECT_EQ(RuleOf(away), "DATABASE_UNAVAILABLE");
  EXPECT_THAT(StatusDetails(away), ::testing::HasSubstr("RetryInfo"));
  ASSERT_OK(run("alter role clerk login"));
  EXPECT_OK(read());
}

TEST_F(PostgresOutage, AStatementThatTakesTooLongIsUnavailable) {
  const absl::Status status = database_->Transact([](Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(tx.Exec("set local statement_timeout = 50").status());
    return tx.Query<std::string>("select cast(pg_sleep(10) as text)").status();
  });
  EXPECT_EQ(RuleOf(status), "DATABASE_TIMEOUT");
  EXPECT_THAT(StatusDetails(status), ::testing::HasSubstr("RetryInfo"));
}

}  // namespace
}  // namespace accord::storage
