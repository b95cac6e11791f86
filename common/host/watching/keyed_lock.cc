#include "common/host/watching/keyed_lock.h"

#include <chrono>

namespace accord::host {
namespace {

// This is how often a waiting caller checks whether it still has a reason to wait.
constexpr std::chrono::milliseconds kLook{100};

}  // namespace

bool KeyedLock::Enter(const std::string& who, const std::function<bool()>& ended) {
  std::unique_lock lock(mutex_);
  while (!in_.insert(who).second) {
    if (ended()) return false;
    left_.wait_for(lock, kLook);
  }
  return true;
}

void KeyedLock::Leave(const std::string& who) {
  {
    std::lock_guard lock(mutex_);
    in_.erase(who);
  }
  left_.notify_all();
}

}  // namespace accord::host
