// This is what one stream or thread sleeps on.
#ifndef ACCORD_COMMON_HOST_WATCHING_WAITER_H_
#define ACCORD_COMMON_HOST_WATCHING_WAITER_H_

#include <condition_variable>
#include <mutex>

#include "absl/time/time.h"

namespace accord::host {

// One stream or thread sleeps on this until it is woken. A Waiter is thread-safe.
class Waiter {
 public:
  void Wake();
  // This waits until somebody has woken it since the last Wait, or until `timeout` has passed.
  void Wait(absl::Duration timeout);

 private:
  std::mutex mutex_;
  std::condition_variable woken_;
  bool awake_ = false;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_WAITER_H_
