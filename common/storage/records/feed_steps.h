// These are internal steps of the feed, for the resource table, which stores events, and for the code that
// numbers and reports them.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_FEED_STEPS_H_
#define ACCORD_COMMON_STORAGE_RECORDS_FEED_STEPS_H_

#include <cstdint>
#include <string_view>

#include "common/storage/database/statement_batch.h"
#include "common/storage/records/feed.h"

namespace accord::storage {

// This does what StoreEvent does, together with other changes.
void AddEvent(const Transaction& tx, const Event& event, std::string_view request_id,
              StatementBatch* changes);

struct FeedState {
  // This is the time that OldestUnnumbered gives.
  absl::Time oldest_unnumbered;
  // This is the last position that was given; it is 0 if none was.
  int64_t last = 0;
};
// This reads the state in one statement.
absl::StatusOr<FeedState> StateOfFeed(Transaction& tx);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_FEED_STEPS_H_
