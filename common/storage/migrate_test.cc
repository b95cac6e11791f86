#include <gmock/gmock.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/storage/testing.h"

namespace accord::storage {
namespace {

using Migrating = Storage;

INSTANTIATE_TEST_SUITE_P(Databases, Migrating, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

std::vector<Migration> WithNext(std::vector<Migration> migrations, bool breaking = false) {
  const int version = migrations.back().version + 1;
  migrations.push_back(
      {version, "next", absl::StrCat("create table next_", version, " (id bigint)"), breaking});
  return migrations;
}

TEST_P(Migrating, AChangedStepRefusesToStart) {
  auto changed = Migrations();
  changed.back().sql += " ";
  EXPECT_EQ(database_->Migrate(changed).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(database_->Migrate(Migrations()).ok());
}

TEST_P(Migrating, TheVersionBeforeServesBesideANewerSchemaUnlessAStepBreaksIt) {
  ASSERT_TRUE(database_->Migrate(WithNext(Migrations())).ok());
  EXPECT_TRUE(database_->Migrate(Migrations()).ok());
  // A newer step of the core has a lower number than the service's own.
  auto without = Migrations();
  std::erase_if(without, [](const Migration& step) { return step.version == 12; });
  EXPECT_TRUE(database_->Migrate(without).ok());
  ASSERT_TRUE(database_->Migrate(WithNext(WithNext(Migrations()), true)).ok());
  EXPECT_EQ(database_->Migrate(Migrations()).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(database_->Migrate(WithNext(Migrations())).code(), absl::StatusCode::kFailedPrecondition);
}

TEST_P(Migrating, ADatabaseFromBeforeBreakingStepsIsCarriedOn) {
  ASSERT_TRUE(database_
                  ->Transact([](Transaction& tx) {
                    return tx.Exec("alter table schema_migration drop column breaking").status();
                  })
                  .ok());
  ASSERT_TRUE(database_->Migrate(WithNext(Migrations())).ok());
  EXPECT_TRUE(database_->Migrate(Migrations()).ok());
}

TEST_P(Migrating, ManyMayDoItAtOnce) {
  const std::string dsn = GetParam() == "postgres" ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                                   : directory_.path("fresh");
  std::vector<std::thread> threads;
  std::vector<absl::Status> results(4);
  for (absl::Status& result : results) {
    threads.emplace_back([&] {
      auto database = Database::Open({dsn, 1});
      result = database.ok() ? (*database)->Migrate(Migrations()) : database.status();
    });
  }
  for (auto& thread : threads) thread.join();
  for (const absl::Status& result : results) EXPECT_TRUE(result.ok()) << result;
}

class PostgresRoles : public ::testing::Test {
 protected:
  PostgresRoles() : dsn_(accord::testing::PostgresCluster::Shared().NewDatabase()) {
    const auto superuser = OpenAs("accord");
    for (const char* statement :
         {"create role desk_owner login", "create role desk login",
          "create schema desk authorization desk_owner", "alter role desk_owner set search_path = desk",
          "alter role desk set search_path = desk", "grant usage on schema desk to desk",
          "alter default privileges for role desk_owner in schema desk grant select, insert on tables to "
          "desk"}) {
      const absl::Status done =
          superuser->Transact([&](Transaction& tx) { return tx.Exec(statement).status(); });
      EXPECT_TRUE(done.ok()) << statement << done;
    }
  }
  std::unique_ptr<Database> OpenAs(const std::string& role) {
    auto database = Database::Open({absl::StrReplaceAll(dsn_, {{"accord@", role + "@"}}), 1});
    EXPECT_TRUE(database.ok()) << database.status();
    return *std::move(database);
  }
  const std::string dsn_;
};

TEST_F(PostgresRoles, WhatServesNeedsNoRightToTheSchemaAndAStepGivesItWhatItMayChange) {
  const auto owner = OpenAs("desk_owner"), app = OpenAs("desk");
  const std::vector<Migration> migrations = {
      {1, "desk", "create table head (id bigint);\ncreate table entry (id bigint)"},
      {2, "rights", "grant update on head to {app}"}};
  const absl::Status early = app->Migrate(migrations);
  EXPECT_EQ(early.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(early.message()), ::testing::HasSubstr("--migrate as the owner"));
  ASSERT_TRUE(owner->Migrate(migrations).ok());
  EXPECT_TRUE(app->Migrate(migrations).ok());
  EXPECT_EQ(app->Migrate(WithNext(migrations)).code(), absl::StatusCode::kFailedPrecondition);

  const auto may = [&](const char* sql) {
    return app->Transact([&](Transaction& tx) { return tx.Exec(sql).status(); });
  };
  EXPECT_TRUE(may("insert into entry (id) values (1)").ok());
  EXPECT_TRUE(may("update head set id = 1").ok());
  for (const char* refused :
       {"update entry set id = 2", "delete from entry", "delete from head", "drop table entry",
        "delete from schema_migration", "update schema_migration set checksum = ''"}) {
    EXPECT_EQ(RuleOf(may(refused)), "DATABASE_NOT_PERMITTED") << refused;
  }
}

}  // namespace
}  // namespace accord::storage
