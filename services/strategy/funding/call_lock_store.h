// One row a call that whoever depends on its instants takes first: what opens, closes or changes a call and
// what an organisation submits to it come one after the other, and read the clock once it is their turn.
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
