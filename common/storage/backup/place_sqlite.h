// A copy of a SQLite database is restored by being put in its place.
#ifndef ACCORD_COMMON_STORAGE_BACKUP_PLACE_SQLITE_H_
#define ACCORD_COMMON_STORAGE_BACKUP_PLACE_SQLITE_H_

#include <string>

#include "absl/status/statusor.h"

namespace accord::storage {

// This puts a copy in the place of a database. It fails with FAILED_PRECONDITION and rule DATABASE_NOT_EMPTY
// if a database with content is there and `replace` is false, or DATABASE_IN_USE if a process has it open. A
// database that is replaced is kept under the name that is returned; it is empty if there was none.
absl::StatusOr<std::string> PlaceSqlite(const std::string& copy, const std::string& database, bool replace);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_PLACE_SQLITE_H_
