// This is what a database holds, and how copies that a Point made come back. PostgreSQL has its own programs,
// which need to know where it is.
#ifndef ACCORD_COMMON_STORAGE_BACKUP_BACKUP_H_
#define ACCORD_COMMON_STORAGE_BACKUP_BACKUP_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// This is what identifies the state of a database.
struct Contents {
  // PostgreSQL only: where the tables are.
  std::string postgres_schema;
  // 0: there is nothing in it.
  int64_t tables = 0;
  // This is the newest migration's number.
  int64_t schema = 0;
  // Sequence of the newest change.
  int64_t changes = 0;
  // How many changes its feed has told of or will: without a gap, unlike sequences.
  int64_t position = 0;
  // Only the audit service has these: the number of entries of its log, and the root in base 64.
  int64_t log_size = 0;
  std::string log_root;
};
// This statement selects Contents::position.
inline constexpr char kPositionSql[] =
    "select coalesce(max(position), 0) + (select count(*) from event where position is null) from event";
// NOT_FOUND if there is no such SQLite file: looking makes none.
absl::StatusOr<Contents> ContentsOf(const std::string& dsn);

// Puts a copy in a database's place. FAILED_PRECONDITION with rule DATABASE_NOT_EMPTY if there is one with
// content and `replace` is false, DATABASE_IN_USE if a process has it open. A database that is replaced is
// kept under the name that is returned; empty if there was none.
absl::StatusOr<std::string> PlaceSqlite(const std::string& copy, const std::string& database, bool replace);

// FAILED_PRECONDITION with rule DATABASE_IN_USE if somebody has the database open: of PostgreSQL, by the role
// of `dsn`, after two seconds in which sessions that are at their end may end.
absl::Status CheckUnused(const std::string& dsn);

// These are environment variables for a `postgresql://` DSN, by which PostgreSQL's programs find the
// database, so that no password stands on a command line.
absl::StatusOr<std::map<std::string, std::string>> PostgresEnvironment(const std::string& dsn);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_BACKUP_H_
