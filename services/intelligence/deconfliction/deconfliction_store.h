// This stores what is lodged, the epoch of its key, and the conflicts that follow. No column holds the
// target: equal targets are found by their tag, and a sealed point carries the target to the next key.
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

// This gives the keys of the epochs that anything may be lodged under, the current one first. It is empty
// before the first epoch.
absl::StatusOr<std::vector<DeconflictionKeys>> LiveKeys(storage::Transaction& tx);
// This begins an epoch with fresh randomness.
absl::Status BeginEpoch(storage::Transaction& tx, int64_t epoch);
// This deletes the epoch's randomness, and with it its keys.
absl::Status EndEpoch(storage::Transaction& tx, int64_t epoch);

// This adds these elements and returns how many elements the agency has had evaluated on this day.
absl::StatusOr<int64_t> NoteEvaluations(storage::Transaction& tx, const std::string& agency,
                                        absl::CivilDay day, int64_t count);

struct Lodged {
  std::string name, agency, officer;
  // The interval is half open.
  absl::Time from, until;
};
// `point` is k*H(x) of the epoch of `keys`.
absl::Status StoreLodged(storage::Transaction& tx, const DeconflictionKeys& keys, const Lodged& lodged,
                         const std::string& point);
absl::Status ForgetLodged(storage::Transaction& tx, const std::string& lodgement);
// This gives what the agency has lodged for the same target in any window that has not passed at `now`,
// whatever its epoch. `point` is of the first of `live`.
absl::StatusOr<std::vector<Lodged>> LodgedBy(storage::Transaction& tx,
                                             const std::vector<DeconflictionKeys>& live,
                                             const std::string& point, const std::string& agency,
                                             absl::Time now);
// This gives what is lodged for the same target in a window that overlaps and has not passed at `now`,
// whatever its epoch. `point` is of the first of `live`.
absl::StatusOr<std::vector<Lodged>> LodgedMatching(storage::Transaction& tx,
                                                   const std::vector<DeconflictionKeys>& live,
                                                   const std::string& point, absl::Time from,
                                                   absl::Time until, absl::Time now);
// Carries up to `limit` lodgements from one epoch to another. It returns how many it found.
absl::StatusOr<int> CarryOver(storage::Transaction& tx, const DeconflictionKeys& from,
                              const DeconflictionKeys& to, int limit);

// This notes a conflict, by its resource's name, for the lodgements of both sides. It ends when either
// lodgement ends.
absl::Status NoteConflict(storage::Transaction& tx, const std::string& lodgement,
                          const std::string& conflict);
// This gives the conflicts that are noted for a lodgement.
absl::StatusOr<std::vector<std::string>> ConflictsOf(storage::Transaction& tx, const std::string& lodgement);
// This removes the noted conflicts of this lodgement and of the lodgements on the other side. Otherwise a
// lodgement that stands for long would collect every conflict it ever had, and its end would have to read
// them all.
absl::Status ForgetConflicts(storage::Transaction& tx, const std::string& lodgement,
                             const std::set<std::string>& others);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_DECONFLICTION_DECONFLICTION_STORE_H_
