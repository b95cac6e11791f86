// This does work again and again, on a thread of its own.
#ifndef ACCORD_COMMON_HOST_UPKEEP_PERIODIC_H_
#define ACCORD_COMMON_HOST_UPKEEP_PERIODIC_H_

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace accord::host {

// This is the last member of who owns it: it ends before what its passes use.
class Periodic {
 public:
  // True if more is due already, so that the next pass comes without a pause.
  using Pass = std::function<absl::StatusOr<bool>()>;

  // Waits for a pass that has begun.
  ~Periodic();
  // This starts the thread and is called once. A pass that fails is logged as `event` and is tried again.
  void Start(std::string event, absl::Duration pause, Pass pass);

 private:
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_UPKEEP_PERIODIC_H_
