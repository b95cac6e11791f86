#include "clients/accordctl/operate/backup.h"

#include <filesystem>

#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/operate/restore.h"
#include "clients/accordctl/testing/deployment_fixture.h"
#include "common/base/digest.h"
#include "common/base/error.h"
#include "common/testing/postgres.h"

namespace accord::ctl {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Backups : public ADeployment {
 protected:
  Backups() {
    Change(Path("protocols.db"), "a");
    SetLog(7, std::string(32, 'r'));
  }
  absl::Status Make() { return BackUp(Read(), Path("backup")); }
  host::v1::BackupManifest Manifest() const {
    host::v1::BackupManifest manifest;
    EXPECT_OK(FromJson(*ReadInputDocument(Path("backup/manifest.json")), &manifest));
    return manifest;
  }
};

TEST_F(Backups, TheAuditIsCopiedLastAndNothingSecretGoesAlong) {
  ASSERT_OK(Make());
  std::vector<std::string> order;
  const host::v1::BackupManifest manifest = Manifest();
  for (const auto& each : manifest.databases()) order.push_back(each.service());
  EXPECT_THAT(order, ::testing::ElementsAre("protocols", "registry", "audit"));
  EXPECT_EQ(manifest.databases(2).log_size(), 7);
  EXPECT_EQ(std::distance(fs::directory_iterator(Path("backup")), fs::directory_iterator()), 4);
  for (const auto& each : fs::directory_iterator(Path("backup"))) {
    EXPECT_EQ(testing::Slurp(each.path()).find(std::string(32, 's')), std::string::npos) << each.path();
    EXPECT_EQ(each.status().permissions(), fs::perms::owner_read | fs::perms::owner_write) << each.path();
  }
  EXPECT_TRUE(absl::IsAlreadyExists(Make())) << "a backup is not written over";
}

TEST_F(Backups, WhatWasThereComesBack) {
  ASSERT_OK(Make());
  Change(Path("protocols.db"), "b");
  const absl::Status refused = RestoreBackup(Read(), Path("backup"), {false});
  EXPECT_EQ(accord::RuleOf(refused), "DATABASE_NOT_EMPTY");
  EXPECT_EQ(Changes(Path("protocols.db")), 2);
  const absl::Status restored = RestoreBackup(Read(), Path("backup"), {true});
  ASSERT_OK(restored);
  EXPECT_EQ(Changes(Path("protocols.db")), 1);
}

TEST_F(Backups, ATamperedBackupTouchesNothing) {
  ASSERT_OK(Make());
  Change(Path("protocols.db"), "b");
  std::fstream(Path("backup/audit.db"), std::ios::in | std::ios::out | std::ios::binary).seekp(5000).put('!');
  const absl::Status refused = RestoreBackup(Read(), Path("backup"), {true});
  EXPECT_EQ(accord::RuleOf(refused), "BACKUP_DAMAGED");
  EXPECT_THAT(std::string(refused.message()), HasSubstr("audit.db"));
  EXPECT_EQ(Changes(Path("protocols.db")), 2);
  fs::remove(Path("backup/manifest.json"));
  EXPECT_TRUE(absl::IsNotFound(RestoreBackup(Read(), Path("backup"), {true})));
}

TEST_F(Backups, AManifestThatPointsElsewhereIsRefused) {
  ASSERT_OK(Make());
  auto manifest = Manifest();
  manifest.mutable_databases(0)->set_file("../seal.key");
  manifest.mutable_databases(0)->set_sha256(*FileDigest(Path("seal.key")));
  Put("backup/manifest.json", ToJson(manifest).dump());
  EXPECT_EQ(accord::RuleOf(RestoreBackup(Read(), Path("backup"), {true})), "BACKUP_DAMAGED");
  Put("backup/manifest.json", "{\"databases\": 7}");
  EXPECT_THAT(RestoreBackup(Read(), Path("backup"), {true}),
              FailsWith(absl::StatusCode::kInvalidArgument, "databases.0: must be a mapping"));
}

TEST_F(Backups, ALogOlderThanWhatWasWitnessedDoesNotComeBack) {
  ASSERT_OK(Make());
  Witness(7, std::string(32, 'r'));
  EXPECT_OK(RestoreBackup(Read(), Path("backup"), {true})) << "the very log that was witnessed";
  Witness(7, std::string(32, 'x'));
  EXPECT_EQ(accord::RuleOf(RestoreBackup(Read(), Path("backup"), {true})), "LOG_REWOUND");
  Witness(8, std::string(32, 'r'));
  Change(Path("protocols.db"), "b");
  const absl::Status refused = RestoreBackup(Read(), Path("backup"), {true});
  EXPECT_EQ(accord::RuleOf(refused), "LOG_REWOUND");
  EXPECT_THAT(std::string(refused.message()), HasSubstr("Restore a newer backup"));
  EXPECT_EQ(Changes(Path("protocols.db")), 2) << "nothing was touched";
  Put("witnessed", "scratched out");
  EXPECT_THAT(RestoreBackup(Read(), Path("backup"), {true}),
              FailsWith(absl::StatusCode::kDataLoss, "has no signature"));
}

TEST_F(Backups, OfWhichAFileCannotBeReadSayWhichAndWhy) {
  ASSERT_OK(Make());
  Witness(7, std::string(32, 'r'));
  fs::remove(Path("checkpoint.key"));
  const absl::Status refused = RestoreBackup(Read(), Path("backup"), {true});
  EXPECT_THAT(refused, RefusedBy(rules::kFileMissing));
  EXPECT_THAT(std::string(refused.message()),
              HasSubstr(Path("checkpoint.key") + ", the log's key: No such file or directory"));
  ServiceFile service;
  service.host.set_database_file("/nowhere.dsn");
  const absl::Status no_database = DatabaseOfService(service).status();
  EXPECT_THAT(no_database, RefusedBy(rules::kFileMissing));
  EXPECT_THAT(std::string(no_database.message()), HasSubstr("/nowhere.dsn, where the database is: No such"));
}

TEST_F(Backups, ADatabaseInUseIsNotReplaced) {
  ASSERT_OK(Make());
  Change(Path("audit.db"), "b");
  const auto running = Open(Path("registry.db"));
  EXPECT_EQ(accord::RuleOf(RestoreBackup(Read(), Path("backup"), {true})), "DATABASE_IN_USE");
  EXPECT_EQ(Changes(Path("audit.db")), 1) << "not even what is not in use";
}

TEST_F(Backups, PostgresqlIsDumpedAndComesBack) {
  auto& cluster = testing::PostgresCluster::Shared();
  const std::string live = cluster.NewDatabase(), fresh = cluster.NewDatabase();
  AddService("protocols", live);
  Change(live, "a");
  ASSERT_OK(Make());
  EXPECT_EQ(Manifest().databases(0).kind(), host::v1::DATABASE_KIND_POSTGRESQL);
  Change(live, "b");

  EXPECT_EQ(accord::RuleOf(RestoreBackup(Read({"protocols"}), Path("backup"), {false})),
            "DATABASE_NOT_EMPTY");
  {
    const auto running = Open(live);
    EXPECT_EQ(accord::RuleOf(RestoreBackup(Read({"protocols"}), Path("backup"), {true})), "DATABASE_IN_USE");
  }
  const absl::Status replaced = RestoreBackup(Read({"protocols"}), Path("backup"), {true});
  ASSERT_OK(replaced);
  EXPECT_EQ(Changes(live), 1);

  Put("protocols.textproto", absl::StrCat("host { name: \"protocols\" database: \"", fresh, "\" }"));
  const absl::Status restored = RestoreBackup(Read({"protocols"}), Path("backup"), {false});
  ASSERT_OK(restored);
  EXPECT_EQ(Changes(fresh), 1);
  Put("protocols.textproto",
      absl::StrCat("host { name: \"protocols\" database: \"", Path("other.db"), "\" }"));
  EXPECT_TRUE(absl::IsInvalidArgument(RestoreBackup(Read({"protocols"}), Path("backup"), {false})));
}

// Each service has one schema in the one database.
TEST_F(Backups, OfPostgresqlOnlyTheServicesOwnSchemaIsTaken) {
  const std::string database = testing::PostgresCluster::Shared().NewDatabase();
  ASSERT_OK(Open(database)->Transact([](storage::Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(tx.Exec("create schema protocols").status());
    ACCORD_RETURN_IF_ERROR(tx.Exec("create schema neighbour").status());
    return tx.Exec("create table neighbour.theirs (x bigint)").status();
  }));
  const std::string own = database + "&options=-csearch_path%3Dprotocols";
  AddService("protocols", own);
  Change(own, "a");
  ASSERT_OK(Make());
  Change(own, "b");
  const absl::Status restored = RestoreBackup(Read({"protocols"}), Path("backup"), {true});
  ASSERT_OK(restored);
  EXPECT_EQ(Changes(own), 1);
  const auto theirs = Open(database)->Read([](storage::Transaction& tx) {
    return tx.Query<int64_t>("select count(*) from pg_tables where schemaname = 'neighbour'");
  });
  EXPECT_EQ(std::get<0>(theirs->at(0)), 1);
}

}  // namespace
}  // namespace accord::ctl
