// Work that must happen once, however many replicas there are.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_LEASE_H_
#define ACCORD_COMMON_STORAGE_DATABASE_LEASE_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// This takes the lease `name` for `holder` until now + life. It returns true if it was free, had expired, or
// was the holder's own. No valid lease ends later than `longest`, or `life` if that is more, from now: one
// that does was written by a wrong clock and counts as expired.
absl::StatusOr<bool> TakeLease(Transaction& tx, std::string_view name, std::string_view holder,
                               absl::Time now, absl::Duration life,
                               absl::Duration longest = absl::ZeroDuration());

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_LEASE_H_
