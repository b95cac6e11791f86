#include "common/host/call.h"

namespace accord::host {

void Changes::Announce() {
  {
    std::lock_guard lock(mutex_);
    ++count_;
  }
  changed_.notify_all();
}

void Changes::Wait(absl::Duration timeout, const std::atomic<bool>& stop) {
  std::unique_lock lock(mutex_);
  const uint64_t seen = count_;
  changed_.wait_for(lock, absl::ToChronoMilliseconds(timeout),
                    [&] { return stop || stopped_ || count_ != seen; });
}

void Changes::Stop() {
  stopped_ = true;
  Announce();
}

void Call::End() {
  ended_ = true;
  changes_->Announce();
}

}  // namespace accord::host
