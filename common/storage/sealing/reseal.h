// A change of the sealing key: every sealed value is opened and sealed with the new key.
#ifndef ACCORD_COMMON_STORAGE_SEALING_RESEAL_H_
#define ACCORD_COMMON_STORAGE_SEALING_RESEAL_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// This gives the number of rows that another key than the current one sealed.
absl::StatusOr<int64_t> CountToReseal(Transaction& tx);
// This gives the same, but counts at most `limit` rows in each table.
absl::StatusOr<int64_t> RowsUnderOldKeys(Transaction& tx, int limit);
// This seals up to `limit` of these rows with the current key, in one transaction, and gives how many.
// An interrupted run can simply continue, because rows that are done are not found again.
absl::StatusOr<int64_t> Reseal(Transaction& tx, int limit);

// This gives the context to which a stored answer is bound.
std::string SealContextOfAnswer(std::string_view agency, std::string_view actor, std::string_view request_id);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_SEALING_RESEAL_H_
