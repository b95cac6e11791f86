// This is a check for programs that read databases of any schema version.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_HAS_TABLE_H_
#define ACCORD_COMMON_STORAGE_DATABASE_HAS_TABLE_H_

#include <string>

#include "common/storage/database/database.h"

namespace accord::storage {

// This says whether the database has a table of this name; on PostgreSQL, the current schema.
absl::StatusOr<bool> HasTable(Transaction& tx, const std::string& name);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_HAS_TABLE_H_
