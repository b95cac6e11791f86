// These are the positions in a feed that callers keep.
#ifndef ACCORD_COMMON_HOST_WATCHING_FEED_POSITIONS_H_
#define ACCORD_COMMON_HOST_WATCHING_FEED_POSITIONS_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"
#include "common/storage/records/feed.h"
#include "common/storage/records/page_tokens.h"

namespace accord::host {

// This turns a caller's place in a feed into a text that the caller can neither read nor alter nor pass to
// another agency.
class FeedPositions {
 public:
  FeedPositions(std::string feed, const storage::PageTokens* tokens)
      : feed_(std::move(feed)), tokens_(tokens) {}

  std::string Seal(const std::string& agency, const storage::Place& place) const;
  // This restores a place. It fails with INVALID_ARGUMENT and rule PAGE_TOKEN_INVALID if the text is not a
  // position of this agency. It fails with ABORTED and rule POSITION_FROM_ANOTHER_TIME if the database is a
  // restored copy without the changes that the caller saw; the caller must then list anew.
  absl::StatusOr<storage::Place> Open(storage::Transaction& tx, const std::string& agency,
                                      const std::string& text) const;
  // This does the same for a plain number, as callers of the previous version keep it. A restored copy is
  // only noticed if that number lies in its future.
  absl::StatusOr<storage::Place> At(storage::Transaction& tx, int64_t position) const;

 private:
  const std::string feed_;
  const storage::PageTokens* const tokens_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_FEED_POSITIONS_H_
