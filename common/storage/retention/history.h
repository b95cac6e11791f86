// This removes history: events that no reader continues from any more, and versions that no law requires to
// be kept. It removes nothing that the audit log has not compared yet, nothing of a record under legal hold,
// and never the present version of a resource.
#ifndef ACCORD_COMMON_STORAGE_RETENTION_HISTORY_H_
#define ACCORD_COMMON_STORAGE_RETENTION_HISTORY_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"
#include "common/storage/retention/settled.h"

namespace accord::storage {

// This is the progress of a pass over one table. It is empty at its beginning.
struct EventPass {
  int64_t after = 0;
};
struct RevisionPass {
  int64_t at_us = 0;
  std::string kind, name;
  int64_t version = 0;
};

struct Swept {
  int64_t dropped = 0;
  // There may be more rows after the present position of the pass.
  bool more = false;
};

// This removes events before `before`, and examines at most `limit`. The last event is kept, because the next
// one takes its number from it, and so is the one up to which the log has compared.
absl::StatusOr<Swept> SweepEvents(Transaction& tx, absl::Time before, int limit, EventPass* pass);
// This does the same with versions.
absl::StatusOr<Swept> SweepRevisions(Transaction& tx, absl::Time before, int limit, RevisionPass* pass);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RETENTION_HISTORY_H_
