// A legal hold keeps a record from being ended, for as long as an agency needs it.
#ifndef ACCORD_COMMON_STORAGE_RETENTION_HOLDS_H_
#define ACCORD_COMMON_STORAGE_RETENTION_HOLDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"
#include "common/storage/records/resources.h"

namespace accord::storage {

// This places a hold: the record must be kept as long as any agency holds it. Each agency places and lifts
// only its own hold. It fails with NOT_FOUND if it lifts one that it does not have.
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

// This lists the holds of an agency, ordered by name, after the given name: at most `size` rows, and fewer if
// their reasons fill a page.
absl::StatusOr<HoldPage> HoldsOf(Transaction& tx, const std::string& agency, const std::string& after,
                                 int size);

// This records what an agency did with its hold as a change of `agencies/HOLDER/legalHolds/HOLD`, which the
// log compares like every other. The name does not reveal which record is held.
absl::Status NoteHold(Transaction& tx, const std::string& name, std::string_view state, const Write& write);

absl::StatusOr<bool> IsHeld(Transaction& tx, const std::string& name);

absl::StatusOr<bool> IsHeldBy(Transaction& tx, const std::string& name, const std::string& agency);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RETENTION_HOLDS_H_
