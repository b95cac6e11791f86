// This is what is lodged, under which epoch's key, and which conflicts follow. The target is in no column: a
// tag finds equal ones, and a sealed point carries it to the next key.
#ifndef ACCORD_SERVICES_INTELLIGENCE_DECONFLICTION_DECONFLICTION_STORE_H_
#define ACCORD_SERVICES_INTELLIGENCE_DECONFLICTION_DECONFLICTION_STORE_H_

#include <set>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"
#include "services/intelligence/deconfliction/deconfliction_keys.h"

namespace accord::intelligence {

storage::Migration DeconflictionMigration();

// Keys of the epochs that anything may be lodged under, the current one first. Empty before the first.
absl::StatusOr<std::vector<DeconflictionKeys>> LiveKeys(storage::Transaction& tx);
// This begins an epoch with fresh randomness.
absl::Status BeginEpoch(storage::Transaction& tx, int64_t epoch);
// This deletes the epoch's randomness, and with it its keys.
absl::Status EndEpoch(storage::Transaction& tx, int64_t epoch);

// How many elements an agency has had evaluated in a day, with these.
absl::StatusOr<int64_t> NoteEvaluations(storage::Transaction& tx, const std::string& agency,
                                        absl::CivilDay day, int64_t count);

struct Lodged {
  std::string name, agency, officer;
  // The interval is half open.
  absl::Time from, until;
};
// `point` is k*H(x) of the epoch of `keys`.
absl::Status Lodge(storage::Transaction& tx, const DeconflictionKeys& keys, const Lodged& lodged,
                   const std::string& point);
absl::Status Forget(storage::Transaction& tx, const std::string& lodgement);
// What the agency has lodged for the same target in any window that has not passed at `now`, whatever its
// epoch. `point` is of the first of `live`.
absl::StatusOr<std::vector<Lodged>> LodgedBy(storage::Transaction& tx,
                                             const std::vector<DeconflictionKeys>& live,
                                             const std::string& point, const std::string& agency,
                                             absl::Time now);
// What is lodged for the same target in a window that overlaps and has not passed at `now`, whatever its
// epoch. `point` is of the first of `live`.
absl::StatusOr<std::vector<Lodged>> Matching(storage::Transaction& tx,
                                             const std::vector<DeconflictionKeys>& live,
                                             const std::string& point, absl::Time from, absl::Time until,
                                             absl::Time now);
// Carries up to `limit` lodgements from one epoch to another: how many it found.
absl::StatusOr<int> CarryOver(storage::Transaction& tx, const DeconflictionKeys& from,
                              const DeconflictionKeys& to, int limit);

// A conflict, by its resource's name, is noted for the lodgements of both sides, and ends with either.
absl::Status NoteConflict(storage::Transaction& tx, const std::string& lodgement,
                          const std::string& conflict);
// Those that are noted for a lodgement.
absl::StatusOr<std::vector<std::string>> ConflictsOf(storage::Transaction& tx, const std::string& lodgement);
// They are noted no more, neither for it nor for these lodgements of the other side: a lodgement that stands
// for long would carry all that ever met it, and its end would have to read them.
absl::Status ForgetConflicts(storage::Transaction& tx, const std::string& lodgement,
                             const std::set<std::string>& others);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_DECONFLICTION_DECONFLICTION_STORE_H_
