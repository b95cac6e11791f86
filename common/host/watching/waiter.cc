#include "common/host/watching/waiter.h"

namespace accord::host {

void Waiter::Wake() {
  {
    std::lock_guard lock(mutex_);
    awake_ = true;
  }
  woken_.notify_all();
}

void Waiter::Wait(absl::Duration timeout) {
  std::unique_lock lock(mutex_);
  woken_.wait_for(lock, absl::ToChronoMilliseconds(timeout), [this] { return awake_; });
  awake_ = false;
}

}  // namespace accord::host
