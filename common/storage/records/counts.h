// These are counts that are maintained with each change, so that reading them costs the same however many
// records there are.
//
// Database triggers maintain them: whatever becomes visible or invisible adds a row to `count_change`, in the
// same transaction, even if the previous version of the program writes it. Concurrent writers never change
// the same row. Now and then a fold adds the changes to `count_total`. A count is the total plus the changes
// that were not folded yet, read in one snapshot, and is therefore exact.
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

// This adds to a schema the migrations `version` and `version` + 1. From then on the values of these index
// fields are counted for each viewer, for resources of this kind. Names consist of lower case letters and
// `_`. A service keeps the same migrations as files, and a test compares them with what is written here.
void KeepCounts(int version, const std::string& kind, const std::vector<std::string>& fields,
                std::vector<Migration>* migrations);

// This gives for each value the number of resources that `viewer` may count. It fails with INTERNAL if the
// field is not counted.
absl::StatusOr<std::vector<std::pair<std::string, int64_t>>> KeptCounts(Transaction& tx,
                                                                        std::string_view kind,
                                                                        std::string_view viewer,
                                                                        std::string_view field);

// A range of resources: the value of `by`, a time that lists are ordered by, is `from` or later and
// before `until`.
struct WithinTime {
  const listing::Field& by;
  absl::Time from, until;
};
// This gives for each value of an index field the number of resources in the range that `viewer` sees.
// It reads each of them. It fails with UNAVAILABLE and rule LIST_NOT_READY while some of the kind are
// not indexed.
absl::StatusOr<std::vector<std::pair<std::string, int64_t>>> CountsWithin(Transaction& tx,
                                                                          const std::string& kind,
                                                                          std::string_view viewer,
                                                                          std::string_view field,
                                                                          const WithinTime& within);

// This adds at most `limit` changes to the totals and gives how many it added. Only one may run at a time, as
// under Database::InTurn.
absl::StatusOr<int64_t> FoldCounts(Transaction& tx, int limit);
// This says whether there are changes to fold.
absl::StatusOr<bool> CountsToFold(Transaction& tx);

// This corrects the counts of a kind by what is visible, and gives how many were wrong. It reads everything,
// and stays exact even if others write meanwhile.
absl::StatusOr<int64_t> MendCounts(Transaction& tx, const std::string& kind);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_COUNTS_H_
