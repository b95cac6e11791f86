// These are the tree's hashes in the tiles of C2SP tlog-tiles, which are the levels that the log keeps. A
// tile that is full never changes. Leaves are salted, so a hash tells nothing of a record.
#ifndef ACCORD_SERVICES_AUDIT_LOG_TILES_H_
#define ACCORD_SERVICES_AUDIT_LOG_TILES_H_

#include "accord/audit/v1/audit_service.pb.h"
#include "common/storage/database/database.h"

namespace accord::audit {

// This gives the requested tiles of the tree of `size`. It fails with OUT_OF_RANGE and rule TILE_UNKNOWN if
// that tree does not have one of them.
absl::StatusOr<v1::GetTilesResponse> ReadTiles(storage::Transaction& tx, const v1::GetTilesRequest& request,
                                               int64_t size);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_TILES_H_
