#include "common/merkle/tiles.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace accord::merkle {
namespace {

std::string HashAt(std::string_view hashes, std::size_t n) {
  return std::string(hashes.substr(n * kHashBytes, kHashBytes));
}

absl::Status NotOfThisTree(const TileId& tile) {
  return absl::DataLossError(absl::StrCat("tile ", tile.second, " of level ", tile.first,
                                          " is not of the tree that the checkpoint signs"));
}

}  // namespace

int64_t HashesAt(int level, int64_t size) {
  return level < 0 || level >= kTileLevels ? 0 : size >> (kTileHeight * level);
}

int WidthOf(const TileId& tile, int64_t size) {
  const int64_t hashes = HashesAt(tile.first, size);
  if (tile.second < 0 || tile.second > hashes / kTileWidth) return 0;
  return static_cast<int>(std::min<int64_t>(hashes - tile.second * kTileWidth, kTileWidth));
}

std::string TilePath(const TileId& tile, int width) {
  int64_t index = tile.second;
  char group[8];
  std::snprintf(group, sizeof(group), "%03d", static_cast<int>(index % 1000));
  std::string path = group;
  while ((index /= 1000) > 0) {
    std::snprintf(group, sizeof(group), "x%03d", static_cast<int>(index % 1000));
    path = absl::StrCat(group, "/", path);
  }
  return absl::StrCat("tile/", tile.first, "/", path, width < kTileWidth ? absl::StrCat(".p/", width) : "");
}

std::string TileRoot(std::string_view hashes) {
  std::vector<std::string> row;
  for (std::size_t n = 0; n < kTileWidth; ++n) row.push_back(HashAt(hashes, n));
  for (; row.size() > 1; row.resize(row.size() / 2)) {
    for (std::size_t n = 0; n < row.size() / 2; ++n) row[n] = NodeHash(row[2 * n], row[2 * n + 1]);
  }
  return row[0];
}

std::set<TileId> TilesFor(std::span<const int64_t> leaves, int64_t size) {
  std::set<TileId> tiles;
  const Source note = [&](int level, int64_t index) -> absl::StatusOr<std::string> {
    const int above = level % kTileHeight;
    tiles.emplace(level / kTileHeight, (index << above) / kTileWidth);
    return std::string();
  };
  for (const int64_t leaf : leaves) {
    // This lets the proof ask for every hash that it needs; `note` records them.
    if (!InclusionProof(note, leaf, size).ok()) break;
  }
  return tiles;
}

void KnownHashes::AddTile(const TileId& tile, std::string_view hashes) {
  for (std::size_t n = 0; (n + 1) * kHashBytes <= hashes.size(); ++n) {
    Add(tile.first * kTileHeight, tile.second * kTileWidth + static_cast<int64_t>(n), HashAt(hashes, n));
  }
}

absl::StatusOr<std::string> KnownHashes::Of(int level, int64_t index) {
  if (const auto known = hashes_.find({level, index}); known != hashes_.end()) return known->second;
  if (level == 0) return absl::NotFoundError("The hash does not follow from those that were given.");
  ACCORD_ASSIGN_OR_RETURN(const std::string left, Of(level - 1, 2 * index));
  ACCORD_ASSIGN_OR_RETURN(const std::string right, Of(level - 1, 2 * index + 1));
  return hashes_[{level, index}] = NodeHash(left, right);
}

absl::Status TileCheck::Add(const TileId& tile, std::string_view hashes) {
  const auto [level, index] = tile;
  if (level == level_ + 1) {
    level_ = level;
    below_ = std::exchange(here_, {});
  }
  const auto width = static_cast<std::size_t>(WidthOf(tile, size_));
  if (level != level_ || width == 0 || hashes.size() != width * kHashBytes) return NotOfThisTree(tile);
  for (std::size_t n = 0; level > 0 && n < width; ++n) {
    const std::size_t place = static_cast<std::size_t>(index) * kTileWidth + n;
    if (place >= below_.size() || below_[place] != HashAt(hashes, n)) return NotOfThisTree(tile);
  }
  if (width < kTileWidth) {
    edge_.AddTile(tile, hashes);
  } else {
    here_.push_back(TileRoot(hashes));
  }
  return absl::OkStatus();
}

absl::Status TileCheck::CheckRoot(std::string_view root) {
  const auto found = Root(edge_.source(), size_);
  if (found.ok() && *found == root) return absl::OkStatus();
  return absl::DataLossError("the tiles do not give the root that the checkpoint signs");
}

}  // namespace accord::merkle
