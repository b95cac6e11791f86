#include "clients/accordctl/backup.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "clients/accordctl/body.h"
#include "clients/accordctl/contexts.h"
#include "clients/accordctl/process.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/base/version.h"
#include "common/merkle/checkpoint.h"
#include "common/storage/backup.h"

namespace accord::ctl {
namespace {

namespace fs = std::filesystem;
using host::v1::BackupManifest;
using host::v1::DatabaseBackup;

// The audit's last: every change that the services' copies hold was recorded before the audit's was made, but
// for what a crash lost, which `audit reconcile` finds. The other way round, changes made meanwhile would
// look lost. The registry next to last, for the fewest revocations to be forgotten.
int Turn(const std::string& service) { return service == "audit" ? 2 : service == "registry" ? 1 : 0; }

std::vector<ServiceFile> InOrder(const Deployment& deployment) {
  auto services = deployment.services;
  std::stable_sort(services.begin(), services.end(), [](const ServiceFile& a, const ServiceFile& b) {
    return Turn(a.host.name()) < Turn(b.host.name());
  });
  return services;
}

std::string Size(int64_t bytes) {
  return bytes < 10'000'000 ? absl::StrCat(bytes / 1000, " kB") : absl::StrCat(bytes / 1'000'000, " MB");
}

// With the grants to the role that serves, which is not the owner.
absl::Status DumpPostgres(const std::string& dsn, const std::string& schema, const std::string& file) {
  ACCORD_ASSIGN_OR_RETURN(const auto environment, storage::PostgresEnvironment(dsn));
  return RunProgram({"pg_dump", "--format=custom", "--no-owner", absl::StrCat("--schema=", schema),
                     absl::StrCat("--file=", file)},
                    environment);
}

// A folder that goes with what is in it, for its owner's eyes alone.
class Folder {
 public:
  static absl::StatusOr<std::unique_ptr<Folder>> Make() {
    std::error_code failed;
    const fs::path place = fs::temp_directory_path(failed);
    std::string pattern = (place / "accord-restore-XXXXXX").string();
    if (failed || ::mkdtemp(pattern.data()) == nullptr) {
      return absl::FailedPreconditionError(
          "no folder for the restore could be made: let TMPDIR name one with room for the dump as text");
    }
    return std::make_unique<Folder>(pattern);
  }
  explicit Folder(std::string path) : path_(std::move(path)) {}
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string File(const std::string& name) const { return fs::path(path_) / name; }

 private:
  const std::string path_;
};

// Takes away what is in a schema, not the schema itself: that is the administrator's, and its owner may not
// make one. pg_restore's own `--clean` stumbles over the partitions of a table.
std::string EmptySchemaSql(const std::string& schema) {
  constexpr char kEmpty[] = R"sql(do $empty$
declare one record;
begin
  for one in select c.relname, c.relkind from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = '$schema' and c.relkind in ('r', 'p') and not c.relispartition loop
    execute format('drop table %I.%I cascade', '$schema', one.relname);
  end loop;
  for one in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = '$schema' and c.relkind = 'S' loop
    execute format('drop sequence %I.%I cascade', '$schema', one.relname);
  end loop;
  for one in select p.oid::regprocedure as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = '$schema' loop
    execute format('drop routine %s cascade', one.name);
  end loop;
end $empty$;
)sql";
  return absl::StrReplaceAll(kEmpty, {{"$schema", absl::StrReplaceAll(schema, {{"'", "''"}})}});
}

// What was there goes and what the dump holds comes in one transaction, or nothing happens.
absl::Status RestorePostgres(const std::string& file, const std::string& dsn, const std::string& schema,
                             bool replace) {
  ACCORD_ASSIGN_OR_RETURN(auto environment, storage::PostgresEnvironment(dsn));
  const std::string from = absl::StrCat("--schema=", schema);
  if (!replace) {
    return RunProgram({"pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", from,
                       absl::StrCat("--dbname=", environment["PGDATABASE"]), file},
                      environment);
  }
  ACCORD_ASSIGN_OR_RETURN(const auto folder, Folder::Make());
  const std::string empty = folder->File("empty.sql"), restore = folder->File("restore.sql");
  ACCORD_RETURN_IF_ERROR(WriteFile(empty, EmptySchemaSql(schema), FileKind::kSecret));
  ACCORD_RETURN_IF_ERROR(RunProgram(
      {"pg_restore", "--exit-on-error", "--no-owner", from, absl::StrCat("--file=", restore), file}));
  return RunProgram({"psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
                     absl::StrCat("--file=", empty), absl::StrCat("--file=", restore)},
                    environment);
}

absl::StatusOr<DatabaseBackup> Copy(const ServiceFile& service, const fs::path& out) {
  ACCORD_ASSIGN_OR_RETURN(const std::string dsn, OwnedDatabaseOf(service));
  const bool postgres = storage::IsPostgres(dsn);
  DatabaseBackup made;
  made.set_service(service.host.name());
  made.set_kind(postgres ? host::v1::DATABASE_KIND_POSTGRESQL : host::v1::DATABASE_KIND_SQLITE);
  made.set_file(absl::StrCat(service.host.name(), postgres ? ".pgdump" : ".db"));
  const std::string file = out / made.file();
  // PostgreSQL's is what the dump holds at the least, as it is made a moment later.
  if (!postgres) ACCORD_RETURN_IF_ERROR(storage::CopySqlite(dsn, file));
  ACCORD_ASSIGN_OR_RETURN(const storage::Contents contents, storage::ContentsOf(postgres ? dsn : file));
  if (postgres) ACCORD_RETURN_IF_ERROR(DumpPostgres(dsn, contents.postgres_schema, file));
  made.set_schema(contents.schema);
  made.set_changes(contents.changes);
  made.set_log_size(contents.log_size);
  made.set_log_root(contents.log_root);
  made.set_bytes(static_cast<int64_t>(fs::file_size(file)));
  ACCORD_ASSIGN_OR_RETURN(*made.mutable_sha256(), FileDigest(file));
  return made;
}

absl::Status Damaged(const std::string& what) {
  return Refuse(absl::StatusCode::kDataLoss, "BACKUP_DAMAGED",
                absl::StrCat(what, ". Nothing was restored: take another backup."));
}

absl::StatusOr<BackupManifest> ReadManifest(const fs::path& from) {
  const std::string path = from / kManifest;
  if (!fs::exists(path)) {
    return absl::NotFoundError(
        absl::StrCat(from.string(), " holds no ", kManifest, ": it is no whole backup"));
  }
  ACCORD_ASSIGN_OR_RETURN(const Json json, ReadDocument(path));
  BackupManifest manifest;
  ACCORD_RETURN_IF_ERROR(FromJson(json, &manifest));
  for (const auto& each : manifest.databases()) {
    if (fs::path(each.file()).filename() != each.file())
      return Damaged("the manifest names a file elsewhere");
    const auto digest = FileDigest(from / each.file());
    if (!digest.ok() || *digest != each.sha256()) {
      return Damaged(absl::StrCat(each.file(), " is not the file that the manifest describes"));
    }
  }
  return manifest;
}

absl::Status CheckWitnessed(const ServiceFile& audit, const DatabaseBackup& backup) {
  host::v1::AuditConfig config;
  ACCORD_RETURN_IF_ERROR(ReadConfigPart(audit.file, &config));
  if (config.witnessed_file().empty() || !fs::exists(config.witnessed_file())) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const std::string pem, ReadFile(config.checkpoint_key_file()));
  ACCORD_ASSIGN_OR_RETURN(const Key key, LoadPrivateKey(pem));
  ACCORD_ASSIGN_OR_RETURN(const std::string note, ReadFile(config.witnessed_file()));
  ACCORD_ASSIGN_OR_RETURN(const auto witnessed, merkle::OpenCheckpoint(note, config.origin(), key));
  // That the log extends the witnessed one is checked by the audit service when it starts.
  const bool older = backup.log_size() < witnessed.size;
  const bool other = backup.log_size() == witnessed.size && backup.log_root() != Base64(witnessed.root);
  if (!older && !other) return absl::OkStatus();
  return Refuse(
      absl::StatusCode::kDataLoss, "LOG_REWOUND",
      absl::StrCat(
          "The backup's audit log has ", backup.log_size(), " entries, and agencies have witnessed ",
          witnessed.size, other ? " others" : "",
          ". Restore a newer backup. If there is none, entries are lost: tell the witnesses, and see "
          "\"Back up and restore\" in docs/operate.md; never delete ",
          config.witnessed_file(), "."));
}

struct Place {
  const DatabaseBackup* backup;
  // As its owner.
  std::string dsn;
  // PostgreSQL only.
  std::string schema;
};

// Where a service's copy goes, if it may go there.
absl::StatusOr<Place> PlaceOf(const ServiceFile& service, const BackupManifest& manifest, bool replace) {
  const std::string& name = service.host.name();
  const auto backup = std::find_if(manifest.databases().begin(), manifest.databases().end(),
                                   [&](const DatabaseBackup& each) { return each.service() == name; });
  if (backup == manifest.databases().end()) {
    return absl::NotFoundError(
        absl::StrCat("the backup holds no database of ", name, ": leave out ", service.file));
  }
  ACCORD_ASSIGN_OR_RETURN(const std::string dsn, OwnedDatabaseOf(service));
  if (storage::IsPostgres(dsn) != (backup->kind() == host::v1::DATABASE_KIND_POSTGRESQL)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the backup of ", name, " is of the other kind of database than ", service.file, " names"));
  }
  if (name == "audit") ACCORD_RETURN_IF_ERROR(CheckWitnessed(service, *backup));
  const auto present = storage::ContentsOf(dsn);
  if (absl::IsNotFound(present.status())) return Place{&*backup, dsn, ""};
  ACCORD_RETURN_IF_ERROR(present.status());
  if (storage::IsPostgres(dsn) && present->postgres_schema.empty()) {
    return absl::NotFoundError(absl::StrCat("there is no schema for ", name, ": run roles.sql first"));
  }
  if (present->tables > 0 && !replace) {
    return Refuse(absl::StatusCode::kFailedPrecondition, "DATABASE_NOT_EMPTY",
                  absl::StrCat("The database of ", name,
                               " is not empty. Nothing was restored: --replace replaces it."));
  }
  ACCORD_ASSIGN_OR_RETURN(const std::string serving, DatabaseOf(service));
  ACCORD_RETURN_IF_ERROR(storage::CheckUnused(serving));
  return Place{&*backup, dsn, present->postgres_schema};
}

absl::Status Put(const Place& place, const fs::path& from, bool replace) {
  const std::string& name = place.backup->service();
  const std::string file = from / place.backup->file();
  if (storage::IsPostgres(place.dsn)) {
    ACCORD_RETURN_IF_ERROR(RestorePostgres(file, place.dsn, place.schema, replace));
  } else {
    ACCORD_ASSIGN_OR_RETURN(const std::string kept, storage::PlaceSqlite(file, place.dsn, replace));
    if (!kept.empty()) std::cout << name << ": what was there is kept as " << kept << "\n";
  }
  ACCORD_ASSIGN_OR_RETURN(const storage::Contents now, storage::ContentsOf(place.dsn));
  if (now.schema == place.backup->schema() && now.changes >= place.backup->changes() &&
      now.log_size >= place.backup->log_size()) {
    return absl::OkStatus();
  }
  return Damaged(absl::StrCat("the restored database of ", name, " holds less than the manifest says"));
}

// Open to this user alone from here on, and no other's: he could put copies of his own there.
absl::Status OwnFolder(const std::string& path) {
  const int folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  struct stat info {};
  const bool own =
      folder >= 0 && fstat(folder, &info) == 0 && info.st_uid == geteuid() && fchmod(folder, 0700) == 0;
  if (folder >= 0) close(folder);
  if (own) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, "FILE_NOT_SAFE",
                absl::StrCat(path, " is a link or another user's: name a new folder."));
}

}  // namespace

absl::StatusOr<std::string> FileDigest(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  std::string block(1 << 20, '\0');
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
    EVP_DigestUpdate(context.get(), block.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (!in.eof()) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  std::string digest(32, '\0');
  EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr);
  return Hex(digest);
}

absl::Status BackUp(const Deployment& deployment, const std::string& out) {
  std::error_code error;
  fs::create_directories(out, error);
  if (error) return absl::UnavailableError(absl::StrCat("cannot write ", out, ": ", error.message()));
  // Before anything about it is changed: it may be the wrong one.
  if (!fs::is_empty(out))
    return absl::AlreadyExistsError(absl::StrCat(out, " is not empty: name a new folder"));
  ACCORD_RETURN_IF_ERROR(OwnFolder(out));
  BackupManifest manifest;
  const auto services = InOrder(deployment);
  for (const ServiceFile& service : services) {
    const std::string step =
        absl::StrCat("[", manifest.databases_size() + 1, "/", services.size(), "] ", service.host.name());
    std::cerr << step << ": copying\r" << std::flush;
    ACCORD_ASSIGN_OR_RETURN(*manifest.add_databases(), Copy(service, out));
    const auto& made = *manifest.databases().rbegin();
    std::cout << step << ": " << Size(made.bytes()) << ", schema " << made.schema() << ", change "
              << made.changes();
    if (made.log_size() > 0) std::cout << ", " << made.log_size() << " entries of the log";
    std::cout << std::endl;
  }
  *manifest.mutable_time() = ToProto(absl::Now());
  manifest.set_version(Version());
  const std::string path = fs::path(out) / kManifest;
  ACCORD_RETURN_IF_ERROR(WriteFileDurably(path, Dump(ToJson(manifest), 2) + "\n"));
  for (const char* name : {"audit", "registry"}) {
    if (deployment.Find(name) == nullptr) std::cout << "note: no configuration of " << name << " was named\n";
  }
  ACCORD_ASSIGN_OR_RETURN(const std::string digest, FileDigest(path));
  std::cout << "backup in " << out << "; its manifest's SHA-256 is " << digest
            << "\nKeys are not in it: keep the seal, index and checkpoint keys elsewhere; without them "
               "nobody reads it.\n";
  return absl::OkStatus();
}

absl::Status Restore(const Deployment& deployment, const std::string& from, bool replace) {
  ACCORD_ASSIGN_OR_RETURN(const BackupManifest manifest, ReadManifest(from));
  std::vector<Place> places;
  for (const ServiceFile& service : deployment.services) {
    ACCORD_ASSIGN_OR_RETURN(Place place, PlaceOf(service, manifest, replace));
    places.push_back(std::move(place));
  }
  for (const Place& place : places) {
    std::cerr << place.backup->service() << ": restoring\r" << std::flush;
    ACCORD_RETURN_IF_ERROR(Put(place, from, replace));
    std::cout << place.backup->service() << ": restored, " << Size(place.backup->bytes()) << std::endl;
  }
  for (const auto& each : manifest.databases()) {
    if (deployment.Find(each.service()) == nullptr)
      std::cout << "note: " << each.service() << " was not restored\n";
  }
  std::cout << "This is the state of "
            << absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", FromProto(manifest.time()), absl::UTCTimeZone())
            << ". Next:\n"
               "1. `accord-SERVICE --config FILE --migrate` of each service, then start them; the audit "
               "refuses a log "
               "that witnesses contradict.\n"
               "2. `accordctl audit reconcile`, then `accordctl audit verify`.\n"
               "3. Repeat every revocation made since then: the registry has forgotten it.\n"
               "4. Entries of the log without a change in the services tell what was lost: `accordctl list "
               "entries`.\n";
  return absl::OkStatus();
}

}  // namespace accord::ctl
