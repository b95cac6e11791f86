// This is what falls due when: one instant a resource, found by a sweeper.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_SCHEDULE_H_
#define ACCORD_COMMON_STORAGE_RECORDS_SCHEDULE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// One instant at which something must be looked at.
struct Due {
  // This is the resource's kind, for example `protocol`.
  std::string kind;
  std::string name;
  absl::Time at;
};
// Replaces the instant for a resource; none: nothing is due.
absl::Status Schedule(Transaction& tx, const std::string& kind, const std::string& name,
                      std::optional<absl::Time> at);
// What could not be done is not due again before `at`; it stays overdue.
absl::Status Postpone(Transaction& tx, const std::string& kind, const std::string& name, absl::Time at);
// Gives what of a kind is due at `now` and not postponed, longest overdue first.
absl::StatusOr<std::vector<Due>> DueAt(Transaction& tx, const std::string& kind, absl::Time now, int limit);

// What should have been looked at by now, of all kinds. Counts no further than kCountedOverdue of a kind.
inline constexpr int kCountedOverdue = 10'000;
struct Overdue {
  int64_t count = 0;
  // Since then the longest overdue one has waited; InfiniteFuture if none does.
  absl::Time oldest = absl::InfiniteFuture();
};
absl::StatusOr<Overdue> OverdueAt(Transaction& tx, absl::Time now);
// Does the same of one kind, postponed or not.
absl::StatusOr<Overdue> OverdueOfKind(Transaction& tx, const std::string& kind, absl::Time now);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_SCHEDULE_H_
