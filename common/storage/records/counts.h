// Counts that are kept, so that how many there are costs the same to ask whatever there is.
//
// The database keeps them itself: whatever becomes visible or ceases to be adds a row to `count_change`, in
// the same transaction, also when the version before writes it. No row is shared by two who write at once. A
// fold adds the changes to `count_total` now and then; a count is the total and what was not folded yet, in
// one snapshot, and so exact.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_COUNTS_H_
#define ACCORD_COMMON_STORAGE_RECORDS_COUNTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/listing/fields.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// Adds to a schema the steps `version` and the one after it, from which on it is kept count of the values of
// these index fields of resources of a kind, for each viewer. Names of lower case letters and `_`. A service
// has these steps as files, and a test that they say what is written here.
void KeepCounts(int version, const std::string& kind, const std::vector<std::string>& fields,
                std::vector<Migration>* migrations);

// How many that `viewer` may count have each value, by value. INTERNAL for a field that is not kept count of.
absl::StatusOr<std::vector<std::pair<std::string, int64_t>>> KeptCounts(Transaction& tx,
                                                                        std::string_view kind,
                                                                        std::string_view viewer,
                                                                        std::string_view field);

// Resources whose value of `by`, a time by which lists are ordered, is `from` or later and before `until`.
struct WithinTime {
  const listing::Field& by;
  absl::Time from, until;
};
// How many of those that `viewer` sees have each value of an index field, by value. It looks at each of them.
// UNAVAILABLE with rule LIST_NOT_READY while not all of the kind are indexed.
absl::StatusOr<std::vector<std::pair<std::string, int64_t>>> CountsWithin(Transaction& tx,
                                                                          const std::string& kind,
                                                                          std::string_view viewer,
                                                                          std::string_view field,
                                                                          const WithinTime& within);

// Adds at most `limit` changes to the totals; how many. One at a time, as Database::InTurn runs it.
absl::StatusOr<int64_t> FoldCounts(Transaction& tx, int limit);
// Says whether there is something to fold.
absl::StatusOr<bool> CountsToFold(Transaction& tx);

// Corrects the counts of a kind by what is visible; how many were wrong. Reads all that there is, and is
// exact beside whatever is written meanwhile.
absl::StatusOr<int64_t> MendCounts(Transaction& tx, const std::string& kind);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_COUNTS_H_
