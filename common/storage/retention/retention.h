// This is the end of a record: sealed away or purged, and what is left of it.
#ifndef ACCORD_COMMON_STORAGE_RETENTION_RETENTION_H_
#define ACCORD_COMMON_STORAGE_RETENTION_RETENTION_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"
#include "common/storage/records/resources.h"

namespace accord::storage {

enum class End {
  // The law ended access: nobody ever reads it again, whatever their role.
  kSealed,
  // Nobody needs it any more.
  kPurged,
};

// Ends a record, whichever way: it is visible to nobody, its content is erased, from its revisions and stored
// answers too, and a tombstone is left for each agency of `told`, or for the owner alone if there is none.
// Those of them that saw what is purged are told so by its name (common/storage/records/gone.h). The end is
// its last version, without content, so that the log tells of it as of every change. Who may only count it
// goes on counting it. FAILED_PRECONDITION with rule LEGAL_HOLD while it must be kept.
absl::Status EndRecord(Transaction& tx, const std::string& kind, const std::string& name,
                       std::string_view reason, End end, const Write& write,
                       const std::vector<std::string>& told = {});

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
// This lists what is left for one agency, ordered by name, after the given name.
absl::StatusOr<std::vector<TombstoneRow>> Tombstones(Transaction& tx, const std::string& owner,
                                                     const std::string& after, int limit);

// A record must be kept as long as any agency holds it. Each holds and lifts for itself; lifting what it does
// not hold is NOT_FOUND.
absl::Status PlaceHold(Transaction& tx, const std::string& name, const std::string& reason,
                       const Write& write);
absl::StatusOr<std::string> LiftHold(Transaction& tx, const std::string& name, const std::string& agency);
struct HoldRow {
  std::string name, reason, actor;
  absl::Time at;
};
struct HoldPage {
  std::vector<HoldRow> rows;
  // There are more behind the last of these rows, of which there is one then.
  bool more = false;
};
// This lists what an agency holds, ordered by name, after the given name: at most `size` rows, and fewer
// where their reasons fill a page.
absl::StatusOr<HoldPage> HoldsOf(Transaction& tx, const std::string& agency, const std::string& after,
                                 int size);
// What an agency did with its hold, as a change of `agencies/HOLDER/legalHolds/HOLD` that the log compares
// like every other. The name does not tell which record is held.
absl::Status NoteHold(Transaction& tx, const std::string& name, std::string_view state, const Write& write);
absl::StatusOr<bool> IsHeld(Transaction& tx, const std::string& name);
absl::StatusOr<bool> IsHeldBy(Transaction& tx, const std::string& name, const std::string& agency);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RETENTION_RETENTION_H_
