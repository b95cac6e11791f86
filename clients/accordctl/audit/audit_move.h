// This moves old entries of the log to cheaper storage: files that can be checked without the log
// (docs/audit-export.md). They are written and checked on the machine with the log's database. The hashes
// stay in the database, so that every proof and every tile remains available.
#ifndef ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_MOVE_H_
#define ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_MOVE_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "common/access/assertion.h"
#include "common/storage/database/database.h"

namespace accord::ctl {

struct MoveOptions {
  // This is the log's origin, which is its name in checkpoints, and the key that signs these.
  std::string origin;
  const Key* key = nullptr;
  // Only spans whose entries are all below this index are moved.
  int64_t before = 0;
  // This is the folder for the files, which are named `entries-FIRST-BEYOND.jsonl`.
  std::string folder;
  absl::Time now;
};

// This moves the oldest span that may be moved, in this order: write its file, read the file back and check
// every entry in it against the signed root, store the hashes, and only then delete the rows. Before that it
// completes what an earlier run began. It gives the number of entries that were moved; it is 0 if there is no
// such span. It returns DATA_LOSS if the database does not hold a whole log; then nothing is deleted.
absl::StatusOr<int64_t> MoveOldestSpan(storage::Database* database, const MoveOptions& options);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_MOVE_H_
