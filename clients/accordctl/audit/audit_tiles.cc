#include "clients/accordctl/audit/audit_tiles.h"

#include <filesystem>

#include "clients/accordctl/audit/audit_trust.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

namespace fs = std::filesystem;

// This is one run of the copy: the tiles that it fetched are removed again unless they were right.
class Mirror {
 public:
  Mirror(std::string directory, const merkle::Checkpoint& now, const FetchTiles& fetch)
      : directory_(std::move(directory)), now_(now), fetch_(fetch), check_(now.size) {}

  absl::Status Run() {
    absl::Status status = BringAll();
    std::error_code ignored;
    if (status.ok()) {
      // These tiles are full now, so the partial ones in their place are removed.
      for (const auto& path : written_) fs::remove_all(path + ".p", ignored);
      return status;
    }
    for (const auto& path : written_) fs::remove(path, ignored);
    return status;
  }
  int64_t fetched() const { return static_cast<int64_t>(written_.size()); }

 private:
  std::string PathOf(const merkle::TileId& tile) const {
    return directory_ + "/" + merkle::TilePath(tile, merkle::WidthOf(tile, now_.size));
  }
  absl::Status BringAll() {
    for (int level = 0; merkle::HashesAt(level, now_.size) > 0; ++level) {
      ACCORD_RETURN_IF_ERROR(Bring(level));
    }
    return now_.size == 0 ? absl::OkStatus() : check_.CheckRoot(now_.root);
  }
  absl::Status Bring(int level) {
    for (merkle::TileId tile(level, 0); merkle::WidthOf(tile, now_.size) > 0;) {
      if (const auto there = ReadFile(PathOf(tile)); there.ok()) {
        ACCORD_RETURN_IF_ERROR(check_.Add(tile, *there));
        ++tile.second;
        continue;
      }
      ACCORD_ASSIGN_OR_RETURN(const std::vector<merkle::TileId> missing, MissingFrom(tile));
      ACCORD_ASSIGN_OR_RETURN(const std::vector<std::string> tiles, fetch_(missing));
      if (tiles.size() != missing.size()) return UntrustedLog("the log does not give its tiles");
      for (const auto& hashes : tiles) {
        ACCORD_RETURN_IF_ERROR(Keep(tile, hashes));
        ++tile.second;
      }
    }
    return absl::OkStatus();
  }
  // This gives this tile and its neighbours that are not in the folder.
  absl::StatusOr<std::vector<merkle::TileId>> MissingFrom(merkle::TileId tile) const {
    std::vector<merkle::TileId> missing;
    for (; missing.size() < kTilesAtOnce && merkle::WidthOf(tile, now_.size) > 0; ++tile.second) {
      ACCORD_ASSIGN_OR_RETURN(const bool there, IsThere(PathOf(tile)));
      if (there) break;
      missing.push_back(tile);
    }
    return missing;
  }
  absl::Status Keep(const merkle::TileId& tile, const std::string& hashes) {
    ACCORD_RETURN_IF_ERROR(check_.Add(tile, hashes));
    const std::string path = PathOf(tile);
    std::error_code error;
    fs::create_directories(fs::path(path).parent_path(), error);
    ACCORD_RETURN_IF_ERROR(WriteFile(path, hashes, FileKind::kPublic));
    written_.push_back(path);
    return absl::OkStatus();
  }

  const std::string directory_;
  const merkle::Checkpoint& now_;
  const FetchTiles& fetch_;
  merkle::TileCheck check_;
  std::vector<std::string> written_;
};

}  // namespace

absl::StatusOr<int64_t> MirrorTiles(const std::string& directory, const merkle::Checkpoint& now,
                                    const std::string& note, const FetchTiles& fetch) {
  Mirror mirror(directory, now, fetch);
  ACCORD_RETURN_IF_ERROR(mirror.Run());
  std::error_code error;
  fs::create_directories(directory, error);
  ACCORD_RETURN_IF_ERROR(WriteFile(directory + "/checkpoint", note, FileKind::kPublic));
  return mirror.fetched();
}

}  // namespace accord::ctl
