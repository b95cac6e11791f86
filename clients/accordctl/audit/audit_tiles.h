// This copies the tree's hashes in the layout of C2SP tlog-tiles: files that any web server can publish and
// any witness can follow. They reveal nothing about who called what.
#ifndef ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_TILES_H_
#define ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_TILES_H_

#include <cstdint>
#include <string>

#include "clients/accordctl/audit/audit_proofs.h"

namespace accord::ctl {

// This extends the copy in `directory` up to the checkpoint, whose signature was already checked. Full tiles
// that exist are read instead of fetched. All of them are checked against the root, and the checkpoint is
// written last. It gives the number of tiles fetched. It returns DATA_LOSS if they are not the tree of the
// checkpoint; then no fetched tile is kept.
absl::StatusOr<int64_t> MirrorTiles(const std::string& directory, const merkle::Checkpoint& now,
                                    const std::string& note, const FetchTiles& fetch);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_TILES_H_
