// The end of a record: it is sealed or purged, and a tombstone is left.
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
  // The law ended access: nobody may ever read it again, whatever their role.
  kSealed,
  // Nobody needs it any more.
  kPurged,
};

// Ends a record, in either way: it becomes invisible to everybody, its content is erased, also in
// its revisions and stored answers, and a tombstone is left for each agency of `told`, or for the
// owner if `told` is empty. Of these, agencies that saw a purged record are told its name
// (common/storage/records/gone.h). The end is the record's last version, without content, so that
// the log records it like every change. Viewers who may only count it go on counting it.
// FAILED_PRECONDITION with rule LEGAL_HOLD while it must be kept.
absl::Status EndRecord(Transaction& tx, const std::string& kind, const std::string& name,
                       std::string_view reason, End end, const Write& write,
                       const std::vector<std::string>& told = {});

// Whether a record of this owner was sealed or purged.
absl::StatusOr<bool> HasEnded(Transaction& tx, const std::string& owner, const std::string& name);

// Erases the present and former content of a record, also in its revisions and stored answers. It
// stays visible, and an update stores it anew.
absl::Status EraseContent(Transaction& tx, const std::string& kind, const std::string& name);

struct TombstoneRow {
  std::string name;
  absl::Time at;
  std::string reason;
  End end;
  // The SHA-256 of the readable part of the last content, 64 hex digits.
  std::string digest;
};
// Lists the tombstones of one agency, ordered by name, after the given name.
absl::StatusOr<std::vector<TombstoneRow>> Tombstones(Transaction& tx, const std::string& owner,
                                                     const std::string& after, int limit);

// Places a hold: the record must be kept as long as any agency holds it. Each agency places and
// lifts only its own hold; NOT_FOUND if it lifts one that it does not have.
absl::Status PlaceHold(Transaction& tx, const std::string& name, const std::string& reason,
                       const Write& write);
absl::StatusOr<std::string> LiftHold(Transaction& tx, const std::string& name, const std::string& agency);
struct HoldRow {
  std::string name, reason, actor;
  absl::Time at;
};
struct HoldPage {
  std::vector<HoldRow> rows;
  // There are more rows after the last of these, and then there is at least one row.
  bool more = false;
};
// Lists the holds of an agency, ordered by name, after the given name: at most `size` rows, and
// fewer if their reasons fill a page.
absl::StatusOr<HoldPage> HoldsOf(Transaction& tx, const std::string& agency, const std::string& after,
                                 int size);
// Records what an agency did with its hold as a change of `agencies/HOLDER/legalHolds/HOLD`, which
// the log compares like every other. The name does not reveal which record is held.
absl::Status NoteHold(Transaction& tx, const std::string& name, std::string_view state, const Write& write);
absl::StatusOr<bool> IsHeld(Transaction& tx, const std::string& name);
absl::StatusOr<bool> IsHeldBy(Transaction& tx, const std::string& name, const std::string& agency);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RETENTION_RETENTION_H_
