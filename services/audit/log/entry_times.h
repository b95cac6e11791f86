// Where in the log an instant is: entries stand nearly in the order of the instants that they say, and so
// there is no index of times.
#ifndef ACCORD_SERVICES_AUDIT_LOG_ENTRY_TIMES_H_
#define ACCORD_SERVICES_AUDIT_LOG_ENTRY_TIMES_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"

namespace accord::audit {

// So many entries are read at once where a reader goes through the log.
inline constexpr int kEntriesAtOnce = 64;
// So much older than those around it may a record say that it is: clocks of gateways differ, and one may
// have waited.
inline constexpr absl::Duration kOutOfOrder = absl::Minutes(10);

// This gives the first entry that may have been appended since an instant. Entries stand nearly in the order
// of the instants that they say. Where an entry says none, the search looks before it (`undated` is the
// infinite future) for where to begin, and behind it (the infinite past) for where to end.
absl::StatusOr<int64_t> FirstEntrySince(storage::Transaction& tx, absl::Time since, absl::Time undated);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_ENTRY_TIMES_H_
