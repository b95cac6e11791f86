// This says which kind of database a DSN means.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_DSN_H_
#define ACCORD_COMMON_STORAGE_DATABASE_DSN_H_

#include <string>

#include "absl/strings/match.h"

namespace accord::storage {

// This says whether the DSN names a PostgreSQL database; otherwise it is the path of an SQLite file.
inline bool IsPostgres(const std::string& dsn) {
  return absl::StartsWith(dsn, "postgresql://") || absl::StartsWith(dsn, "postgres://");
}

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_DSN_H_
