// This is the end of what is kept of the past: events that nobody goes on from any more, and versions that no
// law wants kept. Nothing goes that the audit log has not compared yet, nothing of a record that must be
// kept, no version that a resource has now.
#ifndef ACCORD_COMMON_STORAGE_RETENTION_HISTORY_H_
#define ACCORD_COMMON_STORAGE_RETENTION_HISTORY_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// The audit log has a record of every change up to this position of the feed. Lower than before after the log
// was restored from a copy: then it is the lower one that holds.
absl::Status NoteSettled(Transaction& tx, int64_t position);
// 0 if the log never said so: then nothing may go.
absl::StatusOr<int64_t> SettledUpTo(Transaction& tx);

// Where a pass over one table is. Empty at its beginning.
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
  // There may be more after where the pass is now.
  bool more = false;
};

// Drops events of before `before`, looking at no more than `limit`. The last event stays, since the next
// takes its number from it, and so does the one up to which the log has compared.
absl::StatusOr<Swept> SweepEvents(Transaction& tx, absl::Time before, int limit, EventPass* pass);
// This does the same with versions.
absl::StatusOr<Swept> SweepRevisions(Transaction& tx, absl::Time before, int limit, RevisionPass* pass);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RETENTION_HISTORY_H_
