// This checks that nobody has a database open before its contents are replaced.
#ifndef ACCORD_COMMON_STORAGE_BACKUP_NOT_IN_USE_H_
#define ACCORD_COMMON_STORAGE_BACKUP_NOT_IN_USE_H_

#include <string>

#include "absl/status/status.h"

namespace accord::storage {

// This fails with FAILED_PRECONDITION and rule DATABASE_IN_USE if somebody has the database open. For
// PostgreSQL this means sessions of the role in `dsn`, which get two seconds to end.
absl::Status CheckNotInUse(const std::string& dsn);

// This does the same for a SQLite file that is there. It leaves write-ahead mode, which copies the log into
// the file and succeeds only if nobody else has it open.
absl::Status CheckSqliteNotInUse(const std::string& database);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_NOT_IN_USE_H_
