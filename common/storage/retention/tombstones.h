// A tombstone says that a record has ended, and why.
#ifndef ACCORD_COMMON_STORAGE_RETENTION_TOMBSTONES_H_
#define ACCORD_COMMON_STORAGE_RETENTION_TOMBSTONES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"

namespace accord::storage {

enum class End {
  // The law ended access: nobody may ever read it again, whatever their role.
  kSealed,
  // Nobody needs it any more.
  kPurged,
};

// This says whether a record of this owner was sealed or purged.
absl::StatusOr<bool> HasEnded(Transaction& tx, const std::string& owner, const std::string& name);

struct TombstoneRow {
  std::string name;
  absl::Time at;
  std::string reason;
  End end;
  // This is the SHA-256 of the readable part of the last content, as 64 hex digits.
  std::string digest;
};

// This lists the tombstones of one agency, ordered by name, after the given name.
absl::StatusOr<std::vector<TombstoneRow>> Tombstones(Transaction& tx, const std::string& owner,
                                                     const std::string& after, int limit);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RETENTION_TOMBSTONES_H_
