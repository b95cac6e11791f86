// This serves programs that read databases of any version.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_HAS_TABLE_H_
#define ACCORD_COMMON_STORAGE_DATABASE_HAS_TABLE_H_

#include <string>

#include "common/storage/database/database.h"

namespace accord::storage {

// Whether the database, on PostgreSQL the schema of this session, has a table of this name.
absl::StatusOr<bool> HasTable(Transaction& tx, const std::string& name);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_HAS_TABLE_H_
