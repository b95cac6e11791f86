// What a database that was restored from a copy is short of, and what is done about it before it serves. The
// audit log knows changes that the copy does not hold. Of those that ended or narrowed an access the record
// is closed: it is as if it were not there, for everybody and for the service itself, until somebody
// confirms it.
#ifndef ACCORD_COMMON_STORAGE_BACKUP_RESTORED_H_
#define ACCORD_COMMON_STORAGE_BACKUP_RESTORED_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// This is what a database says of its own restoration.
struct Restoration {
  bool restored = false;
  // The service does not serve until what the log knows has been replayed.
  bool replayed = true;
  // Entries of the log from this one on may tell of changes that the database does not hold.
  int64_t log_from = 0;
};
absl::StatusOr<Restoration> RestorationOf(Transaction& tx);
// The owner of the schema notes that the database was restored and nothing is replayed yet.
absl::Status MarkRestored(Transaction& tx, int64_t log_from, absl::Time now);
absl::Status MarkReplayed(Transaction& tx);

// A resource as it is stored, and what is stored of every version of it.
struct StoredVersion {
  std::string kind, name;
  int64_t version = 0;
};
// Resources after this one, closed ones under the kind that they had, in order of kind and name.
absl::StatusOr<std::vector<StoredVersion>> StoredAfter(Transaction& tx, const StoredVersion& after,
                                                       int limit);
// Does the same for revisions, in order of kind, name and version.
absl::StatusOr<std::vector<StoredVersion>> RevisionsAfter(Transaction& tx, const StoredVersion& after,
                                                          int limit);

// Closes a resource; nothing if it is closed or gone.
absl::Status CloseRecord(Transaction& tx, std::string_view kind, std::string_view name,
                         std::string_view method, absl::Time now);
// Opens every closed resource of this name again. NOT_FOUND if there is none.
absl::Status ReopenRecord(Transaction& tx, std::string_view name);
struct ClosedRecord {
  std::string kind, name;
  // This is what the log says happened to it; empty if it does not say.
  std::string method;
};
absl::StatusOr<std::vector<ClosedRecord>> ClosedRecords(Transaction& tx);

// The next change of a resource gets the number after `version`, as if all up to it had been stored: the log
// knows them, and tells of each number once. `service` is that of the proto package, for example `protocols`.
absl::Status SkipVersions(Transaction& tx, std::string_view service, const StoredVersion& to);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_RESTORED_H_
