// PostgreSQL has its own programs for backups, which must be told where the database is.
#ifndef ACCORD_COMMON_STORAGE_BACKUP_POSTGRES_ENVIRONMENT_H_
#define ACCORD_COMMON_STORAGE_BACKUP_POSTGRES_ENVIRONMENT_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"

namespace accord::storage {

// This gives environment variables by which PostgreSQL's programs find the database of a `postgresql://` DSN,
// so that no password appears on a command line.
absl::StatusOr<std::map<std::string, std::string>> PostgresEnvironment(const std::string& dsn);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_POSTGRES_ENVIRONMENT_H_
