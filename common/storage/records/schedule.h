// This says when something falls due: one instant for each resource, which a sweeper looks up.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_SCHEDULE_H_
#define ACCORD_COMMON_STORAGE_RECORDS_SCHEDULE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// This is an instant at which a resource must be examined.
struct Due {
  // This is the resource's kind, for example `protocol`.
  std::string kind;
  std::string name;
  absl::Time at;
};
// This replaces the instant of a resource; nullopt means that nothing is due.
absl::Status Schedule(Transaction& tx, const std::string& kind, const std::string& name,
                      std::optional<absl::Time> at);
// Postpones a resource that could not be processed until `at`; it still counts as overdue.
absl::Status Postpone(Transaction& tx, const std::string& kind, const std::string& name, absl::Time at);
// This gives the resources of a kind that are due at `now` and not postponed, longest overdue first.
absl::StatusOr<std::vector<Due>> DueAt(Transaction& tx, const std::string& kind, absl::Time now, int limit);

// This counts the resources of all kinds that should have been examined by now, up to kCountedOverdue of
// each kind.
inline constexpr int kCountedOverdue = 10'000;
struct Overdue {
  int64_t count = 0;
  // This says since when the longest overdue one has waited. It is InfiniteFuture if there is none.
  absl::Time oldest = absl::InfiniteFuture();
};
absl::StatusOr<Overdue> OverdueAt(Transaction& tx, absl::Time now);
// This does the same for one kind, postponed or not.
absl::StatusOr<Overdue> OverdueOfKind(Transaction& tx, const std::string& kind, absl::Time now);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_SCHEDULE_H_
