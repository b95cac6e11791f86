// This is the fixture of the storage tests, which run on SQLite and on a real PostgreSQL.
#ifndef ACCORD_COMMON_STORAGE_TESTING_FIXTURE_H_
#define ACCORD_COMMON_STORAGE_TESTING_FIXTURE_H_

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/storage/database/database.h"
#include "common/storage/records/resources.h"
#include "common/testing/matchers.h"
#include "common/testing/postgres.h"
#include "common/testing/temp_dir.h"

namespace accord::storage {

using accord::testing::FailsWith;
using accord::testing::IsOk;
using accord::testing::Must;
using accord::testing::RefusedBy;

class Storage : public ::testing::TestWithParam<std::string> {
 protected:
  static std::vector<Migration> Migrations() {
    auto migrations = CoreMigrations();
    migrations.push_back({100, "counter", "create table counter (name text primary key, value bigint)"});
    return migrations;
  }

  Storage() {
    const std::string dsn = GetParam() == "postgres"
                                ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                : directory_.path("db");
    database_ = Must(Database::Open({dsn, 6}));
    const absl::Status migrated = database_->Migrate(Migrations());
    EXPECT_TRUE(migrated.ok()) << migrated;
  }

  std::optional<int64_t> Counter(const std::string& name) {
    std::optional<int64_t> value;
    EXPECT_TRUE(database_
                    ->Read([&](Transaction& tx) -> absl::Status {
                      ACCORD_ASSIGN_OR_RETURN(auto rows,
                                              tx.Query<std::optional<int64_t>>(
                                                  "select value from counter where name = :p1", name));
                      if (!rows.empty()) value = std::get<0>(rows[0]);
                      return absl::OkStatus();
                    })
                    .ok());
    return value;
  }

  accord::testing::TempDir directory_;
  std::unique_ptr<Database> database_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_TESTING_FIXTURE_H_
