// This is how far the audit log has compared the changes of a database.
#ifndef ACCORD_COMMON_STORAGE_RETENTION_SETTLED_H_
#define ACCORD_COMMON_STORAGE_RETENTION_SETTLED_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// This stores that the audit log has a record of every change up to this position of the feed. It may be
// lower than before, after the log was restored from a copy; then the lower one is valid.
absl::Status NoteSettled(Transaction& tx, int64_t position);

// This gives that position, or 0 if the log never reported one, and then nothing may be removed.
absl::StatusOr<int64_t> SettledUpTo(Transaction& tx);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RETENTION_SETTLED_H_
