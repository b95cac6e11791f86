// These functions list what a database stores of every version, and count on where the log already has more.
#ifndef ACCORD_COMMON_STORAGE_BACKUP_STORED_VERSIONS_H_
#define ACCORD_COMMON_STORAGE_BACKUP_STORED_VERSIONS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// A resource as it is stored, and what is stored of every version of it.
struct StoredVersion {
  std::string kind, name;
  int64_t version = 0;
};

// Lists resources after this one, in order of kind and name. Closed ones are listed under their former kind.
absl::StatusOr<std::vector<StoredVersion>> StoredAfter(Transaction& tx, const StoredVersion& after,
                                                       int limit);

// This does the same for revisions, in order of kind, name and version.
absl::StatusOr<std::vector<StoredVersion>> RevisionsAfter(Transaction& tx, const StoredVersion& after,
                                                          int limit);

// This gives the next change of a resource the number after `version`, as if all versions up to it had been
// stored, because the log already has those numbers and accepts each only once. `service` is that of the
// proto package, for example `protocols`.
absl::Status SkipVersions(Transaction& tx, std::string_view service, const StoredVersion& to);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_STORED_VERSIONS_H_
