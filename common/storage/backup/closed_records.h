// A record is closed when the audit log knows that its access ended or was narrowed after the copy was made:
// nobody, not even the service itself, sees it until somebody confirms it.
#ifndef ACCORD_COMMON_STORAGE_BACKUP_CLOSED_RECORDS_H_
#define ACCORD_COMMON_STORAGE_BACKUP_CLOSED_RECORDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// This closes a resource; does nothing if it is closed or gone.
absl::Status CloseRecord(Transaction& tx, std::string_view kind, std::string_view name,
                         std::string_view method, absl::Time now);

// Reopens every closed resource of this name. It fails with NOT_FOUND if there is none.
absl::Status ReopenRecord(Transaction& tx, std::string_view name);

struct ClosedRecord {
  std::string kind, name;
  // This is the method by which the log says the resource was changed; it is empty if the log does not say.
  std::string method;
};

absl::StatusOr<std::vector<ClosedRecord>> ClosedRecords(Transaction& tx);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_CLOSED_RECORDS_H_
