#include "common/storage/backup/not_in_use.h"

#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/storage/database/database.h"
#include "common/storage/database/database_session.h"
#include "common/storage/database/dsn.h"

namespace accord::storage {
namespace {

absl::Status RefuseInUse() {
  return Refuse(rules::kDatabaseInUse, "A process has the database open: stop the service first.");
}

}  // namespace

absl::Status CheckSqliteNotInUse(const std::string& database) {
  DatabaseSession session(database);
  ACCORD_RETURN_IF_ERROR(session.Open());
  return session.Plain("pragma journal_mode=delete").ok() ? absl::OkStatus() : RefuseInUse();
}

absl::Status CheckNotInUse(const std::string& dsn) {
  if (!IsPostgres(dsn)) {
    ACCORD_ASSIGN_OR_RETURN(const bool there, IsThere(dsn));
    return there ? CheckSqliteNotInUse(dsn) : absl::OkStatus();
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

}  // namespace accord::storage
