// This says who sleeps until something changes, and what wakes them.
#ifndef ACCORD_COMMON_HOST_WATCHING_CHANGES_H_
#define ACCORD_COMMON_HOST_WATCHING_CHANGES_H_

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>

#include "absl/time/time.h"

namespace accord::host {

// One stream or thread waits on this until it is woken. Thread-safe.
class Waiter {
 public:
  void Wake();
  // This waits until somebody has woken it since the last Wait, or until `timeout`.
  void Wait(absl::Duration timeout);

 private:
  std::mutex mutex_;
  std::condition_variable woken_;
  bool awake_ = false;
};

// This tells waiting streams what this process changed, and when it ends. Thread-safe.
class Changes {
 public:
  // kEnd: woken by Stop alone.
  enum Interest { kEnd, kEveryChange };
  // Both sets hold it until Remove.
  void Add(Waiter* waiter, Interest interest);
  void Remove(Waiter* waiter);

  // This process changed something. What other processes change, one has to look for.
  void Announce();
  // The server is going away: every stream ends.
  void Stop();
  bool stopped() const { return stopped_; }

 private:
  std::mutex mutex_;
  std::set<Waiter*> all_, of_every_change_;
  std::atomic<bool> stopped_{false};
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_CHANGES_H_
