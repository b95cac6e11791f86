// This is a change of the sealing key: every sealed value is opened and sealed anew.
#ifndef ACCORD_COMMON_STORAGE_SEALING_RESEAL_H_
#define ACCORD_COMMON_STORAGE_SEALING_RESEAL_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// Rows that another key than the current one sealed.
absl::StatusOr<int64_t> CountToReseal(Transaction& tx);
// Gives the same, counted no further than `limit` in a table.
absl::StatusOr<int64_t> RowsUnderOldKeys(Transaction& tx, int limit);
// Seals up to `limit` of them under the current key: how many. One transaction; an interrupted run goes on
// where it was, because what is done is not found again.
absl::StatusOr<int64_t> Reseal(Transaction& tx, int limit);

// Gives the key that sealed a stored body; empty if nothing in it is sealed.
std::string SealKeyOf(std::string_view body);
// What a stored answer is bound to.
std::string IdempotencyContext(std::string_view agency, std::string_view actor, std::string_view request_id);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_SEALING_RESEAL_H_
