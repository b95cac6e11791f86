#include "clients/accordctl/operate/restore.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/standard_streams.h"
#include "clients/accordctl/operate/backup.h"
#include "clients/accordctl/operate/pg_restore.h"
#include "clients/accordctl/operate/replay.h"
#include "common/base/clock.h"
#include "common/base/digest.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/base/text_proto.h"
#include "common/merkle/checkpoint.h"
#include "common/storage/backup/contents.h"
#include "common/storage/backup/not_in_use.h"
#include "common/storage/backup/place_sqlite.h"
#include "common/storage/backup/restoration.h"
#include "common/storage/database/dsn.h"

namespace accord::ctl {
namespace {

namespace fs = std::filesystem;
using host::v1::BackupManifest;
using host::v1::DatabaseBackup;

absl::Status DamagedBackup(const std::string& what) {
  return Refuse(rules::kBackupDamaged, absl::StrCat(what, ". Nothing was restored: take another backup."));
}

absl::StatusOr<BackupManifest> ReadManifestToRestore(const fs::path& from) {
  const std::string path = from / kManifest;
  ACCORD_ASSIGN_OR_RETURN(const bool there, IsThere(path));
  if (!there) {
    return absl::NotFoundError(
        absl::StrCat(from.string(), " holds no ", kManifest, ": it is no whole backup"));
  }
  ACCORD_ASSIGN_OR_RETURN(const Json json, ReadInputDocument(path));
  BackupManifest manifest;
  ACCORD_RETURN_IF_ERROR(FromJson(json, &manifest));
  for (const auto& each : manifest.databases()) {
    if (fs::path(each.file()).filename() != each.file())
      return DamagedBackup("the manifest names a file elsewhere");
    const auto digest = FileDigest(from / each.file());
    if (!digest.ok() || *digest != each.sha256()) {
      return DamagedBackup(absl::StrCat(each.file(), " is not the file that the manifest describes"));
    }
  }
  return manifest;
}

absl::Status CheckRestoredLog(const ServiceFile& audit, const DatabaseBackup& backup) {
  host::v1::AuditConfig config;
  ACCORD_RETURN_IF_ERROR(ReadConfigPart(audit.file, &config));
  ACCORD_ASSIGN_OR_RETURN(const bool witnesses, IsThere(config.witnessed_file()));
  if (!witnesses) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const std::string pem,
                          ReadNonEmptyFile(config.checkpoint_key_file(), "the log's key"));
  ACCORD_ASSIGN_OR_RETURN(const Key key, LoadPrivateKey(pem));
  ACCORD_ASSIGN_OR_RETURN(const std::string note,
                          ReadNonEmptyFile(config.witnessed_file(), "the witnessed checkpoint"));
  ACCORD_ASSIGN_OR_RETURN(const auto witnessed, merkle::OpenCheckpoint(note, config.origin(), key));
  // When it starts, the audit service checks that the log extends the witnessed one.
  const bool older = backup.log_size() < witnessed.size;
  const bool other = backup.log_size() == witnessed.size && backup.log_root() != Base64(witnessed.root);
  if (!older && !other) return absl::OkStatus();
  return Refuse(
      rules::kLogRewound,
      absl::StrCat(
          "The backup's audit log has ", backup.log_size(), " entries, and agencies have witnessed ",
          witnessed.size, other ? " others" : "",
          ". Restore a newer backup. If there is none, entries are lost: tell the witnesses, and see "
          "\"Back up and restore\" in docs/operate.md; never delete ",
          config.witnessed_file(), "."));
}

struct RestorePlace {
  const DatabaseBackup* backup;
  // This DSN logs in as the owner of the database.
  std::string dsn;
  // Set on PostgreSQL only.
  std::string schema;
};

// This gives the place for a service's copy, if it may be replaced.
absl::StatusOr<RestorePlace> RestorePlaceOf(const ServiceFile& service, const BackupManifest& manifest,
                                            const RestoreOptions& options) {
  const std::string& name = service.host.name();
  const auto backup = std::find_if(manifest.databases().begin(), manifest.databases().end(),
                                   [&](const DatabaseBackup& each) { return each.service() == name; });
  if (backup == manifest.databases().end()) {
    return absl::NotFoundError(
        absl::StrCat("the backup holds no database of ", name, ": leave out ", service.file));
  }
  ACCORD_ASSIGN_OR_RETURN(const std::string dsn, OwnersDatabaseOfService(service));
  if (storage::IsPostgres(dsn) != (backup->kind() == host::v1::DATABASE_KIND_POSTGRESQL)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the backup of ", name, " is of the other kind of database than ", service.file, " names"));
  }
  if (name == "audit") ACCORD_RETURN_IF_ERROR(CheckRestoredLog(service, *backup));
  const auto present = storage::ContentsOf(dsn);
  if (absl::IsNotFound(present.status())) return RestorePlace{&*backup, dsn, ""};
  ACCORD_RETURN_IF_ERROR(present.status());
  if (storage::IsPostgres(dsn) && present->postgres_schema.empty()) {
    return absl::NotFoundError(absl::StrCat("there is no schema for ", name, ": run roles.sql first"));
  }
  if (present->log_size > backup->log_size() && options.replace && !options.forget_log) {
    return Refuse(rules::kLogAhead,
                  absl::StrCat("The log that is here has ", present->log_size, " entries, the backup's ",
                               backup->log_size(),
                               ": it alone knows what was revoked since. Nothing was restored. Restore the "
                               "others with --only and keep it, or, if it is damaged, say --forget-log."));
  }
  if (present->tables > 0 && !options.replace) {
    return Refuse(rules::kDatabaseNotEmpty,
                  absl::StrCat("The database of ", name,
                               " is not empty. Nothing was restored: --replace replaces it."));
  }
  ACCORD_ASSIGN_OR_RETURN(const std::string serving, DatabaseOfService(service));
  ACCORD_RETURN_IF_ERROR(storage::CheckNotInUse(serving));
  return RestorePlace{&*backup, dsn, present->postgres_schema};
}

absl::Status PutRestoredCopy(const RestorePlace& place, const fs::path& from, bool replace) {
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
  return DamagedBackup(absl::StrCat("the restored database of ", name, " holds less than the manifest says"));
}

// This reports how far services that were not restored are ahead of those that were.
absl::Status PrintServicesAheadOfRestored(const Deployment& deployment, const BackupManifest& manifest,
                                          const std::set<std::string>& restored) {
  for (const auto& each : manifest.databases()) {
    if (restored.contains(each.service())) continue;
    const ServiceFile* service = deployment.Find(each.service());
    std::cout << "note: " << each.service() << " was not restored";
    if (service != nullptr && manifest.one_point()) {
      ACCORD_ASSIGN_OR_RETURN(const std::string dsn, OwnersDatabaseOfService(*service));
      const auto present = storage::ContentsOf(dsn);
      if (present.ok() && each.service() == "audit") {
        std::cout << "; it is " << present->log_size - each.log_size()
                  << " entries ahead of the instant of the backup";
      } else if (present.ok()) {
        std::cout << "; it is " << present->position - each.position() << " changes ahead of those that were";
      }
    }
    std::cout << std::endl;
  }
  return absl::OkStatus();
}

// This gives the entry of the log after which there may be changes that a copy lacks. A backup of an earlier
// version was not made at one instant, so the size of its log says nothing.
int64_t ReplayFrom(const BackupManifest& manifest) {
  if (!manifest.one_point()) return 0;
  for (const auto& each : manifest.databases()) {
    if (each.service() == "audit") return each.log_size();
  }
  return 0;
}

absl::Status MarkRestored(const RestorePlace& place, int64_t log_from) {
  if (place.backup->service() == "audit") return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const auto database, storage::Database::Open({place.dsn, 1}));
  return database->Transact(
      [&](storage::Transaction& tx) { return storage::MarkRestored(tx, log_from, absl::Now()); });
}

}  // namespace

absl::Status RestoreBackup(const Deployment& deployment, const std::string& from,
                           const RestoreOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(const BackupManifest manifest, ReadManifestToRestore(from));
  for (const std::string& name : options.only) {
    if (deployment.Find(name) == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat("no configuration of ", name, " was named"));
    }
  }
  std::vector<RestorePlace> places;
  for (const ServiceFile& service : deployment.services) {
    if (!options.only.empty() && !options.only.contains(service.host.name())) continue;
    ACCORD_ASSIGN_OR_RETURN(RestorePlace place, RestorePlaceOf(service, manifest, options));
    places.push_back(std::move(place));
  }
  std::set<std::string> restored;
  for (const RestorePlace& place : places) {
    TellProgress(place.backup->service() + ": restoring");
    ACCORD_RETURN_IF_ERROR(PutRestoredCopy(place, from, options.replace));
    ACCORD_RETURN_IF_ERROR(MarkRestored(place, ReplayFrom(manifest)));
    restored.insert(place.backup->service());
    std::cout << place.backup->service() << ": restored, " << BackupSizeText(place.backup->bytes())
              << std::endl;
  }
  ACCORD_RETURN_IF_ERROR(PrintServicesAheadOfRestored(deployment, manifest, restored));
  std::cout << "What was restored is of "
            << absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", FromProto(manifest.time()), absl::UTCTimeZone())
            << (manifest.one_point() ? ", all of one instant.\n" : ", not all of one instant.\n");
  if (deployment.Find("audit") == nullptr) {
    std::cout << "No service serves before `accordctl replay CONFIG...`, with the configuration of the audit "
                 "among them: the log knows what was revoked since.\n";
  } else {
    ACCORD_RETURN_IF_ERROR(Replay(deployment, {}));
  }
  std::cout << "Next:\n"
               "1. `accord-SERVICE --config FILE --migrate` of each service, then start them; the audit "
               "refuses a log that witnesses contradict.\n"
               "2. `accordctl audit reconcile`, then `accordctl audit verify`.\n"
               "3. Have somebody look at what is closed, and `accordctl replay CONFIG... --confirm NAME`.\n";
  return absl::OkStatus();
}

}  // namespace accord::ctl
