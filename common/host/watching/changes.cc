#include "common/host/watching/changes.h"

#include <utility>

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

void Changes::Add(Waiter* waiter, Interest interest) {
  std::lock_guard lock(mutex_);
  all_.insert(waiter);
  if (interest == kEveryChange) of_every_change_.insert(waiter);
}

void Changes::Remove(Waiter* waiter) {
  std::lock_guard lock(mutex_);
  all_.erase(waiter);
  of_every_change_.erase(waiter);
}

void Changes::Announce() {
  std::lock_guard lock(mutex_);
  for (Waiter* waiter : of_every_change_) waiter->Wake();
}

void Changes::Stop() {
  std::lock_guard lock(mutex_);
  stopped_ = true;
  for (Waiter* waiter : all_) waiter->Wake();
}

}  // namespace accord::host
