// Proofs of entries from the tree's tiles, a page of entries at a time: each call is a record, so a proof
// must not be a call.
#ifndef ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_PROOFS_H_
#define ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_PROOFS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "accord/audit/v1/audit_service.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "common/merkle/checkpoint.h"
#include "common/merkle/tiles.h"

namespace accord::ctl {

// This is the most that are fetched at once.
inline constexpr std::size_t kTilesAtOnce = 64;

using EachEntry = std::function<absl::Status(const audit::v1::Entry&, const merkle::Proof&)>;
// This fetches as many tiles as are asked for, at most kTilesAtOnce.
using FetchTiles =
    std::function<absl::StatusOr<std::vector<std::string>>(const std::vector<merkle::TileId>&)>;

// Tiles of the tree that the log had at this size.
FetchTiles TilesOfTheLog(CommandSession* session, int64_t size);

// `each` is given every entry of the page that the checkpoint covers, with its proof. How many; DATA_LOSS if
// one of them is not in the log that the checkpoint signs.
absl::StatusOr<int> CheckPage(const audit::v1::ListEntriesResponse& page, const merkle::Checkpoint& now,
                              const FetchTiles& fetch, const EachEntry& each);

// Checks every entry that this agency may see as CheckPage does; -1 if this person may not list entries.
absl::StatusOr<int> ForEachEntry(CommandSession* session, const merkle::Checkpoint& now,
                                 const EachEntry& each);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_PROOFS_H_
