// These are the contents of a database, and how copies that a Point made are restored. PostgreSQL has its own
// programs for that, which must be told where the database is.
#ifndef ACCORD_COMMON_STORAGE_BACKUP_BACKUP_H_
#define ACCORD_COMMON_STORAGE_BACKUP_BACKUP_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// These are values that identify the state of a database.
struct Contents {
  // This is the schema with the tables, on PostgreSQL only.
  std::string postgres_schema;
  // This is the number of tables; it is 0 for an empty database.
  int64_t tables = 0;
  // This is the newest migration's number.
  int64_t schema = 0;
  // This is the sequence number of the newest change.
  int64_t changes = 0;
  // This is the number of changes that its feed has reported or will report. Unlike a sequence, it has
  // no gaps.
  int64_t position = 0;
  // Only the audit service has these: the number of entries of its log, and the root in base 64.
  int64_t log_size = 0;
  std::string log_root;
};
// This statement selects Contents::position.
inline constexpr char kPositionSql[] =
    "select coalesce(max(position), 0) + (select count(*) from event where position is null) from event";
// This reads the contents of a database. It fails with NOT_FOUND if there is no such SQLite file, and does
// not create it.
absl::StatusOr<Contents> ContentsOf(const std::string& dsn);

// This puts a copy in the place of a database. It fails with FAILED_PRECONDITION and rule DATABASE_NOT_EMPTY
// if a database with content is there and `replace` is false, or DATABASE_IN_USE if a process has it open. A
// database that is replaced is kept under the name that is returned; it is empty if there was none.
absl::StatusOr<std::string> PlaceSqlite(const std::string& copy, const std::string& database, bool replace);

// This fails with FAILED_PRECONDITION and rule DATABASE_IN_USE if somebody has the database open. For
// PostgreSQL this means sessions of the role in `dsn`, which get two seconds to end.
absl::Status CheckUnused(const std::string& dsn);

// This gives environment variables by which PostgreSQL's programs find the database of a `postgresql://` DSN,
// so that no password appears on a command line.
absl::StatusOr<std::map<std::string, std::string>> PostgresEnvironment(const std::string& dsn);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_BACKUP_H_
