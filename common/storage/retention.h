// The end of a record: sealed away or purged, and what is left of it.
#ifndef ACCORD_COMMON_STORAGE_RETENTION_H_
#define ACCORD_COMMON_STORAGE_RETENTION_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database.h"
#include "common/storage/resources.h"

namespace accord::storage {

enum class End {
  // Nobody sees it any more; its content stays sealed in the database.
  kSealed,
  // Its content is erased, from its revisions and stored answers too.
  kPurged,
};

// Ends a record and leaves a tombstone. FAILED_PRECONDITION with rule LEGAL_HOLD while it must be kept.
absl::Status EndRecord(Transaction& tx, const std::string& kind, const std::string& name,
                       std::string_view reason, End end, absl::Time now);

// Whether a record of this owner was sealed or purged.
absl::StatusOr<bool> HasEnded(Transaction& tx, const std::string& owner, const std::string& name);

// Erases what a record says and said, in its revisions and stored answers too; it stays visible, and an
// update stores it anew.
absl::Status EraseContent(Transaction& tx, const std::string& kind, const std::string& name);

struct TombstoneRow {
  std::string name;
  absl::Time at;
  std::string reason;
  End end;
  // SHA-256 of the readable part of what it last was, 64 hex digits.
  std::string digest;
};
// Of one owner, by name, after a name.
absl::StatusOr<std::vector<TombstoneRow>> Tombstones(Transaction& tx, const std::string& owner,
                                                     const std::string& after, int limit);

// Whether a record must be kept. Lifting one that is not held changes nothing.
absl::Status PlaceHold(Transaction& tx, const std::string& name, const std::string& reason,
                       const Write& write);
absl::StatusOr<std::string> LiftHold(Transaction& tx, const std::string& name);
absl::StatusOr<bool> IsHeld(Transaction& tx, const std::string& name);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RETENTION_H_
