#include "common/host/watching/feed_positions.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"

namespace accord::host {
namespace {

absl::Status RefusePositionOfOtherTime() {
  return Refuse(rules::kPositionFromAnotherTime,
                "The service's records were restored from a copy that does not hold what you saw: list them "
                "anew, and watch from the position that the list gives.");
}

std::string PositionScopeOf(const std::string& feed, const std::string& agency) {
  return absl::StrCat("feed|", feed, "|", agency);
}

}  // namespace

std::string FeedPositions::Seal(const std::string& agency, const storage::Place& place) const {
  return tokens_->Seal(PositionScopeOf(feed_, agency), absl::StrCat(place.position, "|", place.mark));
}

absl::StatusOr<storage::Place> FeedPositions::Open(storage::Transaction& tx, const std::string& agency,
                                                   const std::string& text) const {
  ACCORD_ASSIGN_OR_RETURN(const std::string opened, tokens_->Open(PositionScopeOf(feed_, agency), text));
  const std::pair<std::string, std::string> parts = absl::StrSplit(opened, absl::MaxSplits('|', 1));
  storage::Place place{0, parts.second};
  if (!absl::SimpleAtoi(parts.first, &place.position)) return absl::InternalError("feed position");
  ACCORD_ASSIGN_OR_RETURN(const bool known, storage::KnowsPlace(tx, place));
  return known ? absl::StatusOr<storage::Place>(place) : RefusePositionOfOtherTime();
}

absl::StatusOr<storage::Place> FeedPositions::At(storage::Transaction& tx, int64_t position) const {
  ACCORD_ASSIGN_OR_RETURN(storage::Place place, storage::PlaceAt(tx, position));
  return place.mark.empty() ? absl::StatusOr<storage::Place>(RefusePositionOfOtherTime()) : place;
}

}  // namespace accord::host
