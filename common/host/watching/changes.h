// Streams and threads that wait for a change, and what wakes them.
#ifndef ACCORD_COMMON_HOST_WATCHING_CHANGES_H_
#define ACCORD_COMMON_HOST_WATCHING_CHANGES_H_

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>

#include "absl/time/time.h"

namespace accord::host {

// One stream or thread sleeps on this until it is woken. A Waiter is thread-safe.
class Waiter {
 public:
  void Wake();
  // Waits until somebody has woken it since the last Wait, or until `timeout` has passed.
  void Wait(absl::Duration timeout);

 private:
  std::mutex mutex_;
  std::condition_variable woken_;
  bool awake_ = false;
};

// Wakes waiting streams when this process changes something, and when it ends. Changes
// is thread-safe.
class Changes {
 public:
  // kEnd: only Stop wakes the waiter.
  enum Interest { kEnd, kEveryChange };
  // Both sets keep the waiter until Remove.
  void Add(Waiter* waiter, Interest interest);
  void Remove(Waiter* waiter);

  // Call this when this process has changed something. Changes by other processes must be
  // looked for.
  void Announce();
  // Ends every stream, because the server is stopping.
  void Stop();
  bool stopped() const { return stopped_; }

 private:
  std::mutex mutex_;
  std::set<Waiter*> all_, of_every_change_;
  std::atomic<bool> stopped_{false};
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_CHANGES_H_
