// A bare version of a record has no content. It is private to common/storage.
#ifndef ACCORD_COMMON_STORAGE_RETENTION_BARE_VERSION_H_
#define ACCORD_COMMON_STORAGE_RETENTION_BARE_VERSION_H_

#include "absl/status/status.h"
#include "common/storage/database/database.h"
#include "common/storage/database/statement_batch.h"
#include "common/storage/records/feed.h"
#include "common/storage/records/resources.h"

namespace accord::storage {

// This adds to `change` the version without content that `event` reports. Without it, the change could not be
// compared with the log, nor be noticed after an older copy is restored.
absl::Status StoreBareVersion(Transaction& tx, StatementBatch change, const Event& event, const Write& write);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RETENTION_BARE_VERSION_H_
