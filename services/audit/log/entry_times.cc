#include "services/audit/log/entry_times.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/audit/log/audit_store.h"
#include "services/audit/log/compared_record.h"

namespace accord::audit {
namespace {

// The newest of these records, or `undated` where none of them says when it was recorded: what the log
// recovered says when it was changed, and one without an instant may be of any.
absl::StatusOr<absl::Time> NewestTimeOf(const std::vector<std::tuple<std::string>>& records,
                                        absl::Time undated) {
  absl::Time newest = absl::InfinitePast();
  for (const auto& [text] : records) {
    v1::AuditRecord record;
    if (!record.ParseFromString(Unbase64(text).value_or(""))) return LogIncomplete();
    if (IsComparedRecord(record)) continue;
    newest = std::max(newest, record.has_time() ? FromProto(record.time()) : undated);
  }
  return newest == absl::InfinitePast() ? undated : newest;
}

}  // namespace

absl::StatusOr<int64_t> FirstEntrySince(storage::Transaction& tx, absl::Time since, absl::Time undated) {
  ACCORD_ASSIGN_OR_RETURN(int64_t low, MovedBefore(tx));
  ACCORD_ASSIGN_OR_RETURN(const Head head, ReadHead(tx));
  for (int64_t high = head.size; low < high;) {
    const int64_t middle = low + (high - low) / 2, beyond = std::min(high, middle + kEntriesAtOnce);
    ACCORD_ASSIGN_OR_RETURN(
        const auto rows,
        tx.Query<std::string>("select record from entry where idx >= :p1 and idx < :p2", middle, beyond));
    ACCORD_ASSIGN_OR_RETURN(const absl::Time newest, NewestTimeOf(rows, undated));
    if (newest < since) {
      low = beyond;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace accord::audit
