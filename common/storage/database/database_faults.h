// What a caller is told of a statement that failed, by what the database says. Private to common/storage.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_DATABASE_FAULTS_H_
#define ACCORD_COMMON_STORAGE_DATABASE_DATABASE_FAULTS_H_

#include <string>

#include "absl/status/status.h"

namespace accord::storage {

absl::Status DatabaseUnavailable();
// What nothing below says more of; `code` is logged.
absl::Status DatabaseFault(const std::string& code);
// `result`: SQLite's result code, primary or extended.
absl::Status FromSqlite(int result);
// `state`: PostgreSQL's SQLSTATE. Sets `broken` if the session is of no more use.
absl::Status FromSqlState(const std::string& state, bool* broken);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_DATABASE_FAULTS_H_
