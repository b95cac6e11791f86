// A copy of the tree's hashes as C2SP tlog-tiles lays them out: files that any web server can offer and any
// witness can follow. They tell nothing of who called what.
#ifndef ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_TILES_H_
#define ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_TILES_H_

#include <cstdint>
#include <string>

#include "clients/accordctl/audit/audit_proofs.h"

namespace accord::ctl {

// Brings `directory` to where the checkpoint is, whose signature was checked. Full tiles that are there are
// read, not fetched; all are held against the root, and the checkpoint is written last. How many were
// fetched; DATA_LOSS if they are not the tree of the checkpoint: then nothing that was fetched is kept.
absl::StatusOr<int64_t> MirrorTiles(const std::string& directory, const merkle::Checkpoint& now,
                                    const std::string& note, const FetchTiles& fetch);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_TILES_H_
