#include "common/storage/backup/backup.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/file.h"
#include "common/storage/backup/sync_file.h"
#include "common/storage/database/database_session.h"
#include "common/storage/database/dsn.h"
#include "common/storage/database/has_table.h"

namespace accord::storage {
namespace {

namespace fs = std::filesystem;

absl::Status ReadContents(Transaction& tx, Contents* contents) {
  if (tx.postgres()) {
    ACCORD_ASSIGN_OR_RETURN(const auto schema,
                            tx.Query<std::string>("select coalesce(cast(current_schema() as text), '')"));
    contents->postgres_schema = std::get<0>(schema.at(0));
  }
  ACCORD_ASSIGN_OR_RETURN(
      const auto tables,
      tx.Query<int64_t>(tx.postgres() ? "select count(*) from pg_tables where schemaname = current_schema()"
                                      : "select count(*) from sqlite_master where type = 'table'"));
  contents->tables = std::get<0>(tables.at(0));
  ACCORD_ASSIGN_OR_RETURN(const bool ours, HasTable(tx, "schema_migration"));
  if (!ours) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const auto schema,
                          tx.Query<int64_t>("select coalesce(max(version), 0) from schema_migration"));
  contents->schema = std::get<0>(schema.at(0));
  ACCORD_ASSIGN_OR_RETURN(const bool changed, HasTable(tx, "event"));
  if (changed) {
    ACCORD_ASSIGN_OR_RETURN(const auto newest, tx.Query<int64_t>("select coalesce(max(seq), 0) from event"));
    contents->changes = std::get<0>(newest.at(0));
    // The schema's step 10 gave events their positions.
    ACCORD_ASSIGN_OR_RETURN(const auto placed,
                            tx.Query<int64_t>("select count(*) from schema_migration where version = 10"));
    if (std::get<0>(placed.at(0)) > 0) {
      ACCORD_ASSIGN_OR_RETURN(const auto position, tx.Query<int64_t>(kPositionSql));
      contents->position = std::get<0>(position.at(0));
    }
  }
  ACCORD_ASSIGN_OR_RETURN(const bool log, HasTable(tx, "log_head"));
  if (!log) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const auto head,
                          (tx.Query<int64_t, std::string>("select size, root from log_head")));
  if (!head.empty()) std::tie(contents->log_size, contents->log_root) = head[0];
  return absl::OkStatus();
}

absl::Status RefuseInUse() {
  return Refuse(rules::kDatabaseInUse, "A process has the database open: stop the service first.");
}

// This leaves write-ahead mode, which copies the log into the file and succeeds only if nobody else has
// it open.
absl::Status FoldUnused(const std::string& database) {
  DatabaseSession session(database);
  ACCORD_RETURN_IF_ERROR(session.Open());
  return session.Plain("pragma journal_mode=delete").ok() ? absl::OkStatus() : RefuseInUse();
}

}  // namespace

absl::StatusOr<Contents> ContentsOf(const std::string& dsn) {
  if (!IsPostgres(dsn)) {
    ACCORD_ASSIGN_OR_RETURN(const bool there, IsThere(dsn));
    if (!there) return absl::NotFoundError(absl::StrCat("there is no database ", dsn));
  }
  ACCORD_ASSIGN_OR_RETURN(const auto database, Database::Open({dsn, 1}));
  return database->Read([](Transaction& tx) -> absl::StatusOr<Contents> {
    Contents contents;
    ACCORD_RETURN_IF_ERROR(ReadContents(tx, &contents));
    return contents;
  });
}

absl::StatusOr<std::string> PlaceSqlite(const std::string& copy, const std::string& database, bool replace) {
  std::string kept;
  ACCORD_ASSIGN_OR_RETURN(const bool there, IsThere(database));
  if (there) {
    ACCORD_ASSIGN_OR_RETURN(const Contents present, ContentsOf(database));
    if (present.tables > 0 && !replace) {
      return Refuse(
          rules::kDatabaseNotEmpty,
          absl::StrCat(database,
                       " holds a database: --replace puts the copy in its place and keeps it aside."));
    }
    ACCORD_RETURN_IF_ERROR(FoldUnused(database));
    kept = absl::StrCat(database, ".replaced-",
                        absl::FormatTime("%Y%m%dT%H%M%E3SZ", absl::Now(), absl::UTCTimeZone()));
  }
  const std::string fresh = database + ".restoring";
  std::error_code error;
  fs::copy_file(copy, fresh, fs::copy_options::overwrite_existing, error);
  if (!error) fs::permissions(fresh, fs::perms::owner_read | fs::perms::owner_write, error);
  if (error) return absl::UnavailableError(absl::StrCat("cannot write ", fresh, ": ", error.message()));
  ACCORD_RETURN_IF_ERROR(SyncFile(fresh));
  if (!kept.empty()) fs::rename(database, kept, error);
  if (!error && !kept.empty()) fs::permissions(kept, fs::perms::owner_read | fs::perms::owner_write, error);
  if (!error) fs::rename(fresh, database, error);
  if (error) return absl::UnavailableError(absl::StrCat("cannot replace ", database, ": ", error.message()));
  ACCORD_ASSIGN_OR_RETURN(const std::string place, AbsolutePath(database));
  ACCORD_RETURN_IF_ERROR(SyncFile(fs::path(place).parent_path().string()));
  return kept;
}

absl::Status CheckUnused(const std::string& dsn) {
  if (!IsPostgres(dsn)) {
    ACCORD_ASSIGN_OR_RETURN(const bool there, IsThere(dsn));
    return there ? FoldUnused(dsn) : absl::OkStatus();
  }
  ACCORD_ASSIGN_OR_RETURN(const auto database, Database::Open({dsn, 1}));
  for (int attempt = 0; attempt < 20; ++attempt) {
    ACCORD_ASSIGN_OR_RETURN(const auto others, database->Read([](Transaction& tx) {
      return tx.Query<int64_t>(
          "select count(*) from pg_stat_activity where datname = current_database() and usename = "
          "current_user and pid <> pg_backend_pid()");
    }));
    if (std::get<0>(others.at(0)) == 0) return absl::OkStatus();
    absl::SleepFor(absl::Milliseconds(100));
  }
  return RefuseInUse();
}

absl::StatusOr<std::map<std::string, std::string>> PostgresEnvironment(const std::string& dsn) {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(dsn.c_str(), nullptr), &PQconninfoFree);
  // The library's message about an error quotes the DSN, so it is not passed on.
  if (options == nullptr) return absl::InvalidArgumentError("the DSN of the database cannot be read");
  std::map<std::string, std::string> environment;
  for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr && option->envvar != nullptr) environment[option->envvar] = option->val;
  }
  return environment;
}

}  // namespace accord::storage
