#include "services/strategy/funding/call_lock_store.h"

namespace accord::strategy {

absl::Status MakeCallLock(storage::Transaction& tx, const std::string& funding_call) {
  return tx.Exec("insert into funding_call_lock (funding_call, taken) values (:p1, 0)", funding_call)
      .status();
}

absl::Status LockCall(storage::Transaction& tx, const std::string& funding_call) {
  return tx.Exec("update funding_call_lock set taken = taken + 1 where funding_call = :p1", funding_call)
      .status();
}

}  // namespace accord::strategy
