// This ends a record: it is sealed or purged, and a tombstone is left.
#ifndef ACCORD_COMMON_STORAGE_RETENTION_RETENTION_H_
#define ACCORD_COMMON_STORAGE_RETENTION_RETENTION_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"
#include "common/storage/records/resources.h"
#include "common/storage/retention/holds.h"
#include "common/storage/retention/tombstones.h"

namespace accord::storage {

// This ends a record, in either way: it becomes invisible to everybody, its content is erased, also in its
// revisions and stored answers, and a tombstone is left for each agency of `told`, or for the owner if `told`
// is empty. Of these, agencies that saw a purged record are told its name (common/storage/records/gone.h).
// The end is the record's last version, without content, so that the log records it like every change.
// Viewers who may only count it go on counting it. It fails with FAILED_PRECONDITION and rule LEGAL_HOLD
// while it must be kept.
absl::Status EndRecord(Transaction& tx, const std::string& kind, const std::string& name,
                       std::string_view reason, End end, const Write& write,
                       const std::vector<std::string>& told = {});

// This erases the present and former content of a record, also in its revisions and stored answers. It stays
// visible, and an update stores it anew.
absl::Status EraseContent(Transaction& tx, const std::string& kind, const std::string& name);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RETENTION_RETENTION_H_
