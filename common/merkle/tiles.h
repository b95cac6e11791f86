// The tree cut into tiles as C2SP tlog-tiles does: tile N of level L holds the hashes of 256 neighbouring
// complete subtrees of 256^L leaves each; at the right edge it is narrower. From tiles follows every proof.
#ifndef ACCORD_COMMON_MERKLE_TILES_H_
#define ACCORD_COMMON_MERKLE_TILES_H_

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "common/merkle/tree.h"

namespace accord::merkle {

inline constexpr int kTileWidth = 256;
// Levels of the tree under one hash of the next level of tiles.
inline constexpr int kTileHeight = 8;
// There are more levels than any log needs, since indexes are below 2^63.
inline constexpr int kTileLevels = 8;
inline constexpr int kHashBytes = 32;

// A tile is named by its level and index.
using TileId = std::pair<int, int64_t>;

// How many hashes the tiles of a level hold in the tree of `size`.
int64_t HashesAt(int level, int64_t size);
// This is how many hashes one tile holds in the tree of `size`: 0 if the tree has no such tile.
int WidthOf(const TileId& tile, int64_t size);
// `tile/0/x001/x234/067`, and with `.p/WIDTH` behind it if it is not full.
std::string TilePath(const TileId& tile, int width);
// Gives the hash over a full tile: what the tile of the next level holds for it.
std::string TileRoot(std::string_view hashes);
// The tiles from which the inclusion proofs of some leaves follow, in the tree of `size`. Every leaf is
// below `size`.
std::set<TileId> TilesFor(std::span<const int64_t> leaves, int64_t size);

// Some hashes of a tree, and what follows from them.
class KnownHashes {
 public:
  void Add(int level, int64_t index, std::string hash) { hashes_[{level, index}] = std::move(hash); }
  void AddTile(const TileId& tile, std::string_view hashes);
  // NOT_FOUND for what does not follow.
  absl::StatusOr<std::string> Of(int level, int64_t index);
  // Valid while this lives.
  Source source() {
    return [this](int level, int64_t index) { return Of(level, index); };
  }

 private:
  std::map<std::pair<int, int64_t>, std::string> hashes_;
};

// Takes all tiles of a tree, level by level from 0 up and each level in order, and says whether they are the
// tree of a root.
class TileCheck {
 public:
  explicit TileCheck(int64_t size) : size_(size) {}
  // DATA_LOSS if the tile is not what those below it give, or is of another width than it has in this tree.
  absl::Status Add(const TileId& tile, std::string_view hashes);
  // This is called once all tiles are added.
  absl::Status CheckRoot(std::string_view root);

 private:
  const int64_t size_;
  int level_ = 0;
  // Hashes over the full tiles of the level below, and of this one.
  std::vector<std::string> below_, here_;
  // This is the right edge, from which the root follows.
  KnownHashes edge_;
};

}  // namespace accord::merkle

#endif  // ACCORD_COMMON_MERKLE_TILES_H_
