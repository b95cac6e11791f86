// Work that must happen once, however many replicas there are.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_LEASE_H_
#define ACCORD_COMMON_STORAGE_DATABASE_LEASE_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// True if `holder` now holds the lease `name` until now + life: it was free, had run out, or was its own.
// Nobody takes it for longer than `longest`, or than `life` if that is more: a lease that ends later was
// written by a clock that was wrong, and holds nobody up.
absl::StatusOr<bool> TakeLease(Transaction& tx, std::string_view name, std::string_view holder,
                               absl::Time now, absl::Duration life,
                               absl::Duration longest = absl::ZeroDuration());

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_LEASE_H_
