// These are the tables that every service has.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_CORE_SCHEMA_H_
#define ACCORD_COMMON_STORAGE_RECORDS_CORE_SCHEMA_H_

#include <vector>

#include "common/storage/database/database.h"

namespace accord::storage {

// This is the schema of this header. A service's own migrations start at version 100.
std::vector<Migration> CoreMigrations();

// This gives all of a service's database: this header's schema, and then the service's own.
std::vector<Migration> WithCore(std::vector<Migration> own);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_CORE_SCHEMA_H_
