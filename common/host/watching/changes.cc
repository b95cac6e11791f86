#include "common/host/watching/changes.h"

#include <utility>

namespace accord::host {

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
