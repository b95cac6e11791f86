#include "common/storage/records/idempotency.h"

#include "common/base/error.h"

namespace accord::storage {

absl::StatusOr<bool> IsKnown(Transaction& tx, const Write& write) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows, tx.Query<int64_t>("select 1 from idempotency where agency = :p1 "
                                                             "and actor = :p2 and request_id = :p3",
                                                             write.agency, write.actor, write.request_id));
  return !rows.empty();
}

absl::Status RefusedAsNew(Transaction& tx, const Write& write, const absl::Status& refusal) {
  ACCORD_ASSIGN_OR_RETURN(const bool known, IsKnown(tx, write));
  if (!known) return refusal;
  return Refuse(rules::kAlreadyExists, "There is one already.");
}

}  // namespace accord::storage
