#include "services/audit/log/tiles.h"

#include <string>
#include <vector>

#include "common/base/error.h"
#include "common/merkle/tiles.h"
#include "services/audit/log/audit_store.h"

namespace accord::audit {
namespace {

// These are neighbouring tiles at one level, as a range of hashes that is read at once.
struct Range {
  int level;
  int64_t first, end;
};

absl::StatusOr<std::vector<Range>> RangesOf(const v1::GetTilesRequest& request, int64_t size) {
  std::vector<Range> ranges;
  for (const auto& tile : request.tiles()) {
    const int width = merkle::WidthOf({tile.level(), tile.index()}, size);
    if (width == 0) {
      return Refuse(rules::kTileUnknown, "The log of this size has no such tile.");
    }
    const int64_t first = tile.index() * merkle::kTileWidth;
    const bool goes_on = !ranges.empty() && ranges.back().level == tile.level() && ranges.back().end == first;
    if (!goes_on) ranges.push_back({tile.level(), first, first});
    ranges.back().end = first + width;
  }
  return ranges;
}

}  // namespace

absl::StatusOr<v1::GetTilesResponse> ReadTiles(storage::Transaction& tx, const v1::GetTilesRequest& request,
                                               int64_t size) {
  ACCORD_ASSIGN_OR_RETURN(const std::vector<Range> ranges, RangesOf(request, size));
  v1::GetTilesResponse response;
  response.set_tree_size(size);
  for (const Range& range : ranges) {
    ACCORD_ASSIGN_OR_RETURN(
        const std::vector<std::string> hashes,
        StoredHashes(tx, range.level * merkle::kTileHeight, range.first, range.end - range.first));
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      if (i % merkle::kTileWidth == 0) response.add_tiles();
      response.mutable_tiles(response.tiles_size() - 1)->append(hashes[i]);
    }
  }
  return response;
}

}  // namespace accord::audit
