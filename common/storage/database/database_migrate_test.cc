#include <gmock/gmock.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/storage/testing/fixture.h"
#include "common/testing/eventually.h"

namespace accord::storage {
namespace {

class Migrating : public Storage {
 protected:
  // This gives a database without tables, separate for each `name`.
  std::unique_ptr<Database> Empty(const std::string& name) {
    return Must(
        Database::Open({GetParam() == "postgres" ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                                 : directory_.path(name),
                        1}));
  }
  // This gives the tables and indexes that exist, ordered by name.
  std::vector<std::string> Relations(Database& database) {
    const auto rows = Must(database.Read([&](Transaction& tx) {
      return tx.Query<std::string>(tx.postgres()
                                       ? "select cast(relname as text) from pg_class where relnamespace = "
                                         "cast(current_schema() as regnamespace) order by 1"
                                       : "select name from sqlite_master order by 1");
    }));
    std::vector<std::string> names;
    for (const auto& [name] : rows) names.push_back(name);
    return names;
  }
};

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
  EXPECT_OK(database_->Migrate(Migrations()));
}

TEST_P(Migrating, TheVersionBeforeServesBesideANewerSchemaUnlessAStepBreaksIt) {
  ASSERT_OK(database_->Migrate(WithNext(Migrations())));
  EXPECT_OK(database_->Migrate(Migrations()));
  // The core has a newer migration with a lower number than the service's own.
  auto without = Migrations();
  std::erase_if(without, [](const Migration& step) { return step.version == 12; });
  EXPECT_OK(database_->Migrate(without));
  ASSERT_OK(database_->Migrate(WithNext(WithNext(Migrations()), true)));
  EXPECT_EQ(database_->Migrate(Migrations()).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(database_->Migrate(WithNext(Migrations())).code(), absl::StatusCode::kFailedPrecondition);
}

TEST_P(Migrating, ADatabaseFromBeforeBreakingStepsIsCarriedOn) {
  ASSERT_OK(database_->Transact(
      [](Transaction& tx) { return tx.Exec("alter table schema_migration drop column breaking").status(); }));
  ASSERT_OK(database_->Migrate(WithNext(Migrations())));
  EXPECT_OK(database_->Migrate(Migrations()));
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
  for (const absl::Status& result : results) EXPECT_OK(result);
}

TEST_P(Migrating, AnEmptyDatabaseGetsAllStepsOrNone) {
  auto broken = WithNext(Migrations());
  broken.push_back({broken.back().version + 1, "broken",
                    "create table twice (id bigint);\ncreate table twice (id bigint)"});
  const auto database = Empty("broken");
  EXPECT_FALSE(database->Migrate(broken).ok());
  EXPECT_THAT(Relations(*database), ::testing::Not(::testing::Contains("resource")));
  EXPECT_OK(database->Migrate(Migrations()));
}

TEST_P(Migrating, AnEmptyDatabaseBecomesWhatOneBecomesThatGrewStepByStep) {
  auto all = WithNext(Migrations());
  all.push_back(
      {all.back().version + 1, "an index", "create index {concurrently} by_value on counter (value)"});
  const auto at_once = Empty("at_once"), grown = Empty("grown");
  ASSERT_OK(at_once->Migrate(all));
  for (std::size_t i = 1; i <= all.size(); ++i) {
    ASSERT_OK(grown->Migrate({all.begin(), all.begin() + static_cast<std::ptrdiff_t>(i)}));
  }
  EXPECT_THAT(Relations(*at_once), ::testing::Contains("by_value"));
  EXPECT_EQ(Relations(*at_once), Relations(*grown));
}

// These are indexes that are made while others write.
class PostgresIndexes : public Storage {
 protected:
  static std::vector<Migration> WithIndex(const char* unique = "") {
    auto migrations = Migrations();
    migrations.push_back(
        {200, "an index",
         absl::StrCat("create ", unique, "index {concurrently} by_value on counter (value)")});
    return migrations;
  }
  absl::Status Add(const std::string& name) {
    return database_->Transact([&](Transaction& tx) {
      return tx.Exec("insert into counter (name, value) values (:p1, 1)", name).status();
    });
  }
  // This counts the indexes of that name, and those of them that are valid.
  std::pair<int64_t, int64_t> Indexes() {
    const auto rows = Must(database_->Read([](Transaction& tx) {
      return tx.Query<int64_t, int64_t>(
          "select count(*), coalesce(sum(cast(i.indisvalid as integer)), 0) from pg_index i "
          "join pg_class c on c.oid = i.indexrelid where c.relname = 'by_value'");
    }));
    return {std::get<0>(rows.at(0)), std::get<1>(rows.at(0))};
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, PostgresIndexes, ::testing::Values("postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(PostgresIndexes, AreMadeWhileWritersWrite) {
  absl::Status migrated;
  std::thread migration;
  const absl::Status open = database_->Transact([&](Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(tx.Exec("insert into counter (name, value) values ('open', 1)").status());
    migration = std::thread([&] { migrated = database_->Migrate(WithIndex()); });
    // The index exists, but its creation waits for this transaction.
    EXPECT_TRUE(accord::testing::Eventually([&] { return Indexes().first == 1; }));
    EXPECT_OK(Add("beside"));
    EXPECT_EQ(Indexes(), std::pair(int64_t{1}, int64_t{0}));
    return absl::OkStatus();
  });
  migration.join();
  EXPECT_OK(open);
  EXPECT_OK(migrated);
  EXPECT_EQ(Indexes(), std::pair(int64_t{1}, int64_t{1}));
  EXPECT_OK(database_->Migrate(WithIndex()));
}

TEST_P(PostgresIndexes, ThatWereBrokenOffAreMadeAnew) {
  ASSERT_OK(Add("one"));
  ASSERT_OK(Add("two"));
  EXPECT_THAT(database_->Migrate(WithIndex("unique ")), RefusedBy("ALREADY_EXISTS"))
      << "both have the same value";
  EXPECT_EQ(Indexes(), std::pair(int64_t{1}, int64_t{0})) << "what a failure leaves";
  ASSERT_OK(database_->Transact(
      [](Transaction& tx) { return tx.Exec("delete from counter where name = 'two'").status(); }));
  const absl::Status again = database_->Migrate(WithIndex("unique "));
  EXPECT_OK(again);
  EXPECT_EQ(Indexes(), std::pair(int64_t{1}, int64_t{1}));
}

TEST_P(PostgresIndexes, ThatWereMadeBeforeTheStepWasNotedAreKept) {
  ASSERT_OK(database_->Transact(
      [](Transaction& tx) { return tx.Exec("create index by_value on counter (value)").status(); }));
  EXPECT_OK(database_->Migrate(WithIndex()));
  EXPECT_EQ(Indexes(), std::pair(int64_t{1}, int64_t{1}));
}

TEST_P(PostgresIndexes, MayBeMadeByManyAtOnce) {
  std::vector<std::thread> threads;
  std::vector<absl::Status> results(4);
  for (absl::Status& result : results) {
    threads.emplace_back([&] { result = database_->Migrate(WithIndex()); });
  }
  for (auto& thread : threads) thread.join();
  for (const absl::Status& result : results) EXPECT_OK(result);
  EXPECT_EQ(Indexes(), std::pair(int64_t{1}, int64_t{1}));
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
      EXPECT_OK(done) << statement << done;
    }
  }
  std::unique_ptr<Database> OpenAs(const std::string& role) {
    return Must(Database::Open({absl::StrReplaceAll(dsn_, {{"accord@", role + "@"}}), 1}));
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
  ASSERT_OK(owner->Migrate(migrations));
  EXPECT_OK(app->Migrate(migrations));
  EXPECT_EQ(app->Migrate(WithNext(migrations)).code(), absl::StatusCode::kFailedPrecondition);

  const auto may = [&](const char* sql) {
    return app->Transact([&](Transaction& tx) { return tx.Exec(sql).status(); });
  };
  EXPECT_OK(may("insert into entry (id) values (1)"));
  EXPECT_OK(may("update head set id = 1"));
  for (const char* refused :
       {"update entry set id = 2", "delete from entry", "delete from head", "drop table entry",
        "delete from schema_migration", "update schema_migration set checksum = ''"}) {
    EXPECT_EQ(RuleOf(may(refused)), "DATABASE_NOT_PERMITTED") << refused;
  }
}

}  // namespace
}  // namespace accord::storage
