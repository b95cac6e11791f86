// This makes sure that a file is on the disk.
#ifndef ACCORD_COMMON_STORAGE_BACKUP_SYNC_FILE_H_
#define ACCORD_COMMON_STORAGE_BACKUP_SYNC_FILE_H_

#include <string>

#include "absl/status/status.h"

namespace accord::storage {

// This waits until the disk has all of a file or of a folder. It fails with UNAVAILABLE if it cannot
// be written.
absl::Status SyncFile(const std::string& path);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_SYNC_FILE_H_
