// This is what a database that was restored from a copy records of that. The audit log knows changes that the
// copy does not have, and they are replayed before the database serves.
#ifndef ACCORD_COMMON_STORAGE_BACKUP_RESTORATION_H_
#define ACCORD_COMMON_STORAGE_BACKUP_RESTORATION_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// This is what a database records about its own restoration.
struct Restoration {
  bool restored = false;
  // This is false until the changes that the log knows were replayed. Until then the service does not serve.
  bool replayed = true;
  // From this entry of the log on, entries may concern changes that the database does not have.
  int64_t log_from = 0;
};
absl::StatusOr<Restoration> RestorationOf(Transaction& tx);
// Records that the database was restored and nothing was replayed yet. The owner of the schema calls this.
absl::Status MarkRestored(Transaction& tx, int64_t log_from, absl::Time now);
absl::Status MarkReplayed(Transaction& tx);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_RESTORATION_H_
