// This is what both kinds of databases give a backup, and how both fail.
#ifndef ACCORD_COMMON_STORAGE_BACKUP_BACKUP_ROWS_H_
#define ACCORD_COMMON_STORAGE_BACKUP_BACKUP_ROWS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace accord::storage {

// These are the rows of an answer, with all values as text.
using BackupRows = std::vector<std::vector<std::string>>;

// A database's error message may contain values, so it is not passed on.
inline absl::Status BackupFailed(const char* what) {
  return Refuse(rules::kDatabaseUnavailable, absl::StrCat("The database cannot be ", what, "."));
}

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_BACKUP_ROWS_H_
