// Old entries of the log go to cheap storage: files that anybody can check without the log
// (docs/audit-export.md), made and checked where the log's database is. Their hashes stay in the database, so
// every proof and every tile stays too.
#ifndef ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_MOVE_H_
#define ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_MOVE_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "common/access/assertion.h"
#include "common/storage/database/database.h"

namespace accord::ctl {

struct MoveOptions {
  // These are the log's name for itself, and the key that signs its checkpoints.
  std::string origin;
  const Key* key = nullptr;
  // Only spans whose entries are all below this index are moved.
  int64_t before = 0;
  // This says where the files go: `entries-FIRST-BEYOND.jsonl`.
  std::string folder;
  absl::Time now;
};

// Moves the oldest span that may go, in this order: write its file, read the file back and check every entry
// in it against the signed root, keep the hashes, and only then drop the rows. Before that, ends what an
// earlier run began. The entries that were moved; 0 if no span may go. DATA_LOSS if what the database holds
// is no whole log: then nothing is dropped.
absl::StatusOr<int64_t> MoveOldestSpan(storage::Database* database, const MoveOptions& options);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_MOVE_H_
