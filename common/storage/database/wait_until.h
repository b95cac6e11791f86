// This limits how long the transactions of a thread wait.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_WAIT_UNTIL_H_
#define ACCORD_COMMON_STORAGE_DATABASE_WAIT_UNTIL_H_

#include "absl/time/time.h"

namespace accord::storage {

// While it lives, a transaction of this thread begins no wait and no other attempt after `until`.
// Scopes nest.
class WaitUntil {
 public:
  explicit WaitUntil(absl::Time until);
  ~WaitUntil();
  // This gives the time that holds for this thread; InfiniteFuture if none does.
  static absl::Time of_this_thread();
  WaitUntil(const WaitUntil&) = delete;
  WaitUntil& operator=(const WaitUntil&) = delete;

 private:
  absl::Time before_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_WAIT_UNTIL_H_
