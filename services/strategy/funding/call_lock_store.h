// One row for each call serves as a lock. A transaction that depends on the call's instants takes it first:
// opening, closing or changing a call and submitting to it thus run one after the other, and each reads the
// clock once it has the lock.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_CALL_LOCK_STORE_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_CALL_LOCK_STORE_H_

#include <string>

#include "common/storage/database/database.h"

namespace accord::strategy {

absl::Status MakeCallLock(storage::Transaction& tx, const std::string& funding_call);
// The lock is held until the transaction ends.
absl::Status LockCall(storage::Transaction& tx, const std::string& funding_call);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_CALL_LOCK_STORE_H_
