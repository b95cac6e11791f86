// This wakes the streams and threads that wait for a change.
#ifndef ACCORD_COMMON_HOST_WATCHING_CHANGES_H_
#define ACCORD_COMMON_HOST_WATCHING_CHANGES_H_

#include <atomic>
#include <mutex>
#include <set>

#include "common/host/watching/waiter.h"

namespace accord::host {

// Wakes waiting streams when this process changes something, and when it ends. Changes is thread-safe.
class Changes {
 public:
  // kEnd: only Stop wakes the waiter.
  enum Interest { kEnd, kEveryChange };
  // Both sets keep the waiter until Remove.
  void Add(Waiter* waiter, Interest interest);
  void Remove(Waiter* waiter);

  // Call this when this process has changed something. Changes by other processes must be looked for.
  void Announce();
  // This ends every stream, because the server is stopping.
  void Stop();
  bool stopped() const { return stopped_; }

 private:
  std::mutex mutex_;
  std::set<Waiter*> all_, of_every_change_;
  std::atomic<bool> stopped_{false};
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_CHANGES_H_
