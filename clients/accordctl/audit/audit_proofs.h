// This computes proofs of entries from the tree's tiles, one page of entries at a time. A call for each proof
// would itself add an entry to the log.
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

// This checks that record, salt and hash of an entry belong together.
absl::StatusOr<std::string> ProvenLeafOf(const audit::v1::Entry& entry);

// At most so many tiles are fetched at once.
inline constexpr std::size_t kTilesAtOnce = 64;

using EachEntry = std::function<absl::Status(const audit::v1::Entry&, const merkle::Proof&)>;
// This fetches the requested tiles, at most kTilesAtOnce.
using FetchTiles =
    std::function<absl::StatusOr<std::vector<std::string>>(const std::vector<merkle::TileId>&)>;

// This fetches tiles of the tree that the log had at this size.
FetchTiles AuditTilesOfLog(CommandSession* session, int64_t size);

// This calls `each` with every entry of the page that the checkpoint covers, and its proof. It gives their
// number. It returns DATA_LOSS if one of them is not in the log that the checkpoint signs.
absl::StatusOr<int> CheckProofsOfPage(const audit::v1::ListEntriesResponse& page,
                                      const merkle::Checkpoint& now, const FetchTiles& fetch,
                                      const EachEntry& each);

// This checks every entry that this agency may see as CheckProofsOfPage does, and gives their number; it is
// -1 if this person may not list entries.
absl::StatusOr<int> ForEachProvenEntry(CommandSession* session, const merkle::Checkpoint& now,
                                       const EachEntry& each);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_AUDIT_PROOFS_H_
