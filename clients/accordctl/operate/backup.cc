#include "clients/accordctl/operate/backup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/process.h"
#include "clients/accordctl/core/standard_streams.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "common/base/clock.h"
#include "common/base/digest.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/version.h"
#include "common/storage/backup/contents.h"
#include "common/storage/backup/point.h"
#include "common/storage/backup/postgres_environment.h"
#include "common/storage/backup/restoration.h"
#include "common/storage/database/dsn.h"

namespace accord::ctl {
namespace {

namespace fs = std::filesystem;
using host::v1::BackupManifest;
using host::v1::DatabaseBackup;

// This is the time for writers to finish; the instant itself takes only milliseconds.
constexpr absl::Duration kPatience = absl::Seconds(30);

// The copies are of one instant, whatever their order; the log's copy is read first to know
// its size.
int BackupOrderOf(const std::string& service) {
  return service == "audit" ? 2 : service == "registry" ? 1 : 0;
}

std::vector<ServiceFile> ServicesInBackupOrder(const Deployment& deployment) {
  auto services = deployment.services;
  std::stable_sort(services.begin(), services.end(), [](const ServiceFile& a, const ServiceFile& b) {
    return BackupOrderOf(a.host.name()) < BackupOrderOf(b.host.name());
  });
  return services;
}

// The dump includes the grants to the serving role, which is not the owner.
absl::Status DumpPostgresToBackup(const std::string& dsn, const std::string& schema,
                                  const std::string& snapshot, const std::string& file) {
  ACCORD_ASSIGN_OR_RETURN(const auto environment, storage::PostgresEnvironment(dsn));
  return RunProgram({"pg_dump", "--format=custom", "--no-owner", absl::StrCat("--schema=", schema),
                     absl::StrCat("--snapshot=", snapshot), absl::StrCat("--file=", file)},
                    environment);
}

// This is a service's database at the instant of the backup.
struct Snapshot {
  const ServiceFile* service;
  std::string dsn;
  std::unique_ptr<storage::Point> point;
};

absl::StatusOr<std::vector<Snapshot>> TakeBackupSnapshots(const std::vector<ServiceFile>& services) {
  std::vector<Snapshot> taken;
  std::vector<storage::Point*> held, after;
  for (const ServiceFile& service : services) {
    ACCORD_ASSIGN_OR_RETURN(const std::string dsn, OwnersDatabaseOfService(service));
    ACCORD_ASSIGN_OR_RETURN(auto point, storage::Point::Open(dsn));
    // The log is never paused. Its snapshot is taken while the other databases are paused, so they
    // contain all changes that it reports.
    (service.host.name() == "audit" ? after : held).push_back(point.get());
    taken.push_back({&service, dsn, std::move(point)});
  }
  ACCORD_RETURN_IF_ERROR(storage::TakePointsTogether(held, after, kPatience));
  return taken;
}

// This fills in what identifies the state; a database that was never migrated has nothing.
absl::Status DescribeBackupCopy(storage::Point* point, DatabaseBackup* made) {
  const auto number = [&](const char* table, const char* sql) -> absl::StatusOr<int64_t> {
    ACCORD_ASSIGN_OR_RETURN(const bool there, point->HasTable(table));
    if (!there) return 0;
    ACCORD_ASSIGN_OR_RETURN(const auto rows, point->Query(sql));
    int64_t value = 0;
    if (!rows.empty() && !absl::SimpleAtoi(rows[0].at(0), &value)) return absl::InternalError("a count");
    return value;
  };
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t schema,
      number("schema_migration", "select coalesce(max(version), 0) from schema_migration"));
  ACCORD_ASSIGN_OR_RETURN(const int64_t changes, number("event", "select coalesce(max(seq), 0) from event"));
  // The schema's step 10 gave events their positions.
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t placed,
      number("schema_migration", "select count(*) from schema_migration where version = 10"));
  ACCORD_ASSIGN_OR_RETURN(const int64_t position,
                          placed == 0 ? absl::StatusOr<int64_t>(0) : number("event", storage::kPositionSql));
  ACCORD_ASSIGN_OR_RETURN(const int64_t log_size, number("log_head", "select size from log_head"));
  made->set_schema(schema);
  made->set_changes(changes);
  made->set_position(position);
  made->set_log_size(log_size);
  ACCORD_ASSIGN_OR_RETURN(const bool log, point->HasTable("log_head"));
  if (!log) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const auto root, point->Query("select root from log_head"));
  if (!root.empty()) made->set_log_root(root[0].at(0));
  return absl::OkStatus();
}

// This marks the copy as restored, so that a service that gets it by whatever means does not serve before it
// knows the later changes in the log.
absl::Status MarkBackupCopy(const std::string& file, int64_t log_from) {
  ACCORD_ASSIGN_OR_RETURN(const auto database, storage::Database::Open({file, 1}));
  return database->Transact(
      [&](storage::Transaction& tx) { return storage::MarkRestored(tx, log_from, absl::Now()); });
}

absl::StatusOr<DatabaseBackup> CopyDatabaseToBackup(const Snapshot& taken, const fs::path& out,
                                                    int64_t log_from) {
  const std::string& name = taken.service->host.name();
  const bool postgres = storage::IsPostgres(taken.dsn);
  DatabaseBackup made;
  made.set_service(name);
  made.set_kind(postgres ? host::v1::DATABASE_KIND_POSTGRESQL : host::v1::DATABASE_KIND_SQLITE);
  made.set_file(absl::StrCat(name, postgres ? ".pgdump" : ".db"));
  const std::string file = out / made.file();
  ACCORD_RETURN_IF_ERROR(DescribeBackupCopy(taken.point.get(), &made));
  if (postgres) {
    ACCORD_ASSIGN_OR_RETURN(const auto schema, taken.point->Query("select current_schema()"));
    ACCORD_RETURN_IF_ERROR(
        DumpPostgresToBackup(taken.dsn, schema.at(0).at(0), taken.point->snapshot(), file));
  } else {
    ACCORD_RETURN_IF_ERROR(taken.point->Copy(file));
    if (name != "audit") ACCORD_RETURN_IF_ERROR(MarkBackupCopy(file, log_from));
  }
  std::error_code error;
  made.set_bytes(static_cast<int64_t>(fs::file_size(file, error)));
  if (error) return Refuse(rules::kFileMissing, absl::StrCat(file, ": ", error.message()));
  ACCORD_ASSIGN_OR_RETURN(*made.mutable_sha256(), FileDigest(file));
  return made;
}

// The folder must be accessible to this user alone from here on, and must not belong to another
// user, who could replace copies in it.
absl::Status MakeBackupFolder(const std::string& path) {
  const int folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  struct stat info {};
  const bool own =
      folder >= 0 && fstat(folder, &info) == 0 && info.st_uid == geteuid() && fchmod(folder, 0700) == 0;
  if (folder >= 0) close(folder);
  if (own) return absl::OkStatus();
  return Refuse(rules::kFileNotSafe, absl::StrCat(path, " is a link or another user's: name a new folder."));
}

}  // namespace

std::string BackupSizeText(int64_t bytes) {
  return bytes < 10'000'000 ? absl::StrCat(bytes / 1000, " kB") : absl::StrCat(bytes / 1'000'000, " MB");
}

absl::Status BackUp(const Deployment& deployment, const std::string& out) {
  std::error_code error;
  fs::create_directories(out, error);
  if (error)
    return accord::Refuse(rules::kFileNotWritten, absl::StrCat("cannot write ", out, ": ", error.message()));
  // The folder is checked before its mode is changed, because it may be the wrong one.
  const bool empty = fs::is_empty(out, error);
  if (error) return Refuse(rules::kFileMissing, absl::StrCat(out, ": ", error.message()));
  if (!empty) return absl::AlreadyExistsError(absl::StrCat(out, " is not empty: name a new folder"));
  ACCORD_RETURN_IF_ERROR(MakeBackupFolder(out));
  BackupManifest manifest;
  const auto services = ServicesInBackupOrder(deployment);
  ACCORD_ASSIGN_OR_RETURN(const std::vector<Snapshot> all, TakeBackupSnapshots(services));
  *manifest.mutable_time() = ToProto(absl::Now());
  manifest.set_one_point(true);
  DatabaseBackup log;
  for (const Snapshot& taken : all) {
    if (taken.service->host.name() == "audit")
      ACCORD_RETURN_IF_ERROR(DescribeBackupCopy(taken.point.get(), &log));
  }
  for (const Snapshot& taken : all) {
    const std::string step = absl::StrCat("[", manifest.databases_size() + 1, "/", services.size(), "] ",
                                          taken.service->host.name());
    TellProgress(step + ": copying");
    ACCORD_ASSIGN_OR_RETURN(*manifest.add_databases(), CopyDatabaseToBackup(taken, out, log.log_size()));
    const auto& made = *manifest.databases().rbegin();
    std::cout << step << ": " << BackupSizeText(made.bytes()) << ", schema " << made.schema() << ", position "
              << made.position();
    if (made.log_size() > 0) std::cout << ", " << made.log_size() << " entries of the log";
    std::cout << std::endl;
  }
  manifest.set_version(Version());
  const std::string path = fs::path(out) / kManifest;
  ACCORD_RETURN_IF_ERROR(WriteFileDurably(path, DumpJson(ToJson(manifest), 2) + "\n"));
  for (const char* name : {"audit", "registry"}) {
    if (deployment.Find(name) == nullptr) std::cout << "note: no configuration of " << name << " was named\n";
  }
  ACCORD_ASSIGN_OR_RETURN(const std::string digest, FileDigest(path));
  std::cout << "backup in " << out << "; its manifest's SHA-256 is " << digest
            << "\nKeys are not in it: keep the seal, index and checkpoint keys elsewhere; without them "
               "nobody reads it.\n";
  return absl::OkStatus();
}

}  // namespace accord::ctl
