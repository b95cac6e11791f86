// The Merkle tree is divided into tiles as in C2SP tlog-tiles: tile N of level L holds the hashes of 256
// adjacent complete subtrees of 256^L leaves each; the rightmost tile of a level may be narrower. Every proof
// can be computed from tiles.
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
// This is the number of tree levels from a tile's hashes up to one hash of the next level of tiles.
inline constexpr int kTileHeight = 8;
// There are more levels than any log needs, since indexes are below 2^63.
inline constexpr int kTileLevels = 8;
inline constexpr int kHashBytes = 32;

// A tile is named by its level and index.
using TileId = std::pair<int, int64_t>;

// This gives the number of hashes that the tiles of a level hold in a tree of `size` leaves.
int64_t HashesAt(int level, int64_t size);
// This gives the number of hashes of one tile in a tree of `size` leaves; it is 0 if the tree has no
// such tile.
int WidthOf(const TileId& tile, int64_t size);
// This gives `tile/0/x001/x234/067`, followed by `.p/WIDTH` if the tile is not full.
std::string TilePath(const TileId& tile, int width);
// This gives the hash over a full tile, which the tile of the next level holds.
std::string TileRoot(std::string_view hashes);
// This gives the tiles that are needed for the inclusion proofs of these leaves in a tree of `size` leaves.
// Every leaf must be below `size`.
std::set<TileId> TilesFor(std::span<const int64_t> leaves, int64_t size);

// These are some hashes of a tree, and the hashes that can be computed from them.
class KnownHashes {
 public:
  void Add(int level, int64_t index, std::string hash) { hashes_[{level, index}] = std::move(hash); }
  void AddTile(const TileId& tile, std::string_view hashes);
  // This returns NOT_FOUND for a hash that cannot be computed.
  absl::StatusOr<std::string> Of(int level, int64_t index);
  // The source is valid while this object lives.
  Source source() {
    return [this](int level, int64_t index) { return Of(level, index); };
  }

 private:
  std::map<std::pair<int, int64_t>, std::string> hashes_;
};

// This checks whether the tiles of a tree belong to a root. They must be added level by level from 0 up, and
// in order within each level.
class TileCheck {
 public:
  explicit TileCheck(int64_t size) : size_(size) {}
  // This returns DATA_LOSS if the tile differs from what the tiles below it give, or is not as wide as it
  // must be in this tree.
  absl::Status Add(const TileId& tile, std::string_view hashes);
  // This compares the root. It is called once all tiles are added.
  absl::Status CheckRoot(std::string_view root);

 private:
  const int64_t size_;
  int level_ = 0;
  // These are hashes over the full tiles of the level below, and of the present level.
  std::vector<std::string> below_, here_;
  // This is the right edge of the tree, from which the root is computed.
  KnownHashes edge_;
};

}  // namespace accord::merkle

#endif  // ACCORD_COMMON_MERKLE_TILES_H_
