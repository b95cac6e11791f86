#include "common/host/upkeep/periodic.h"

#include <utility>

#include "common/base/error.h"
#include "common/base/log.h"

namespace accord::host {

Periodic::~Periodic() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Periodic::Start(std::string event, absl::Duration pause, Pass pass) {
  thread_ = std::thread([this, event = std::move(event), pause, pass = std::move(pass)] {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      lock.unlock();
      const absl::StatusOr<bool> more = pass();
      if (!more.ok()) LogWarning(event, {{"rule", RuleOf(more.status())}});
      lock.lock();
      if (more.ok() && *more) continue;
      stop_.wait_for(lock, absl::ToChronoMilliseconds(pause), [this] { return stopping_; });
    }
  });
}

}  // namespace accord::host
