// This is what a caller is told of a statement that failed, by what the database says. It is private
// to common/storage.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_DATABASE_FAULTS_H_
#define ACCORD_COMMON_STORAGE_DATABASE_DATABASE_FAULTS_H_

#include <string>

#include "absl/status/status.h"

namespace accord::storage {

absl::Status DatabaseUnavailable();
// This is the fault of which nothing below says more. `code` is logged.
absl::Status DatabaseFault(const std::string& code);
// `result` is SQLite's result code, primary or extended.
absl::Status FromSqlite(int result);
// `state` is PostgreSQL's SQLSTATE. The function sets `broken` if the session is of no more use.
absl::Status FromSqlState(const std::string& state, bool* broken);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_DATABASE_FAULTS_H_
