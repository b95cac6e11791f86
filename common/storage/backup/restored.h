// What a database that was restored from a copy lacks, and what is done about it before it serves.
// The audit log knows changes that the copy does not have. If such a change ended or narrowed an
// access, the record is closed: nobody, not even the service itself, sees it until somebody
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

// What a database records about its own restoration.
struct Restoration {
  bool restored = false;
  // False until the changes that the log knows were replayed. Until then the service does
  // not serve.
  bool replayed = true;
  // From this entry of the log on, entries may concern changes that the database does not have.
  int64_t log_from = 0;
};
absl::StatusOr<Restoration> RestorationOf(Transaction& tx);
// Records that the database was restored and nothing was replayed yet. The owner of the schema
// calls this.
absl::Status MarkRestored(Transaction& tx, int64_t log_from, absl::Time now);
absl::Status MarkReplayed(Transaction& tx);

// A resource as it is stored, and what is stored of every version of it.
struct StoredVersion {
  std::string kind, name;
  int64_t version = 0;
};
// Lists resources after this one, in order of kind and name. Closed ones are listed under their
// former kind.
absl::StatusOr<std::vector<StoredVersion>> StoredAfter(Transaction& tx, const StoredVersion& after,
                                                       int limit);
// Does the same for revisions, in order of kind, name and version.
absl::StatusOr<std::vector<StoredVersion>> RevisionsAfter(Transaction& tx, const StoredVersion& after,
                                                          int limit);

// Closes a resource; does nothing if it is closed or gone.
absl::Status CloseRecord(Transaction& tx, std::string_view kind, std::string_view name,
                         std::string_view method, absl::Time now);
// Reopens every closed resource of this name. NOT_FOUND if there is none.
absl::Status ReopenRecord(Transaction& tx, std::string_view name);
struct ClosedRecord {
  std::string kind, name;
  // The method by which the log says the resource was changed; empty if the log does not say.
  std::string method;
};
absl::StatusOr<std::vector<ClosedRecord>> ClosedRecords(Transaction& tx);

// Gives the next change of a resource the number after `version`, as if all versions up to it had
// been stored, because the log already has those numbers and accepts each only once. `service` is
// that of the proto package, for example `protocols`.
absl::Status SkipVersions(Transaction& tx, std::string_view service, const StoredVersion& to);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_RESTORED_H_
