// This repeats a piece of work on a thread of its own.
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

// Declare this as the last member of its owner, so that it ends before the members that its passes use.
class Periodic {
 public:
  // This returns true if more is due already, so that the next pass follows without a pause.
  using Pass = std::function<absl::StatusOr<bool>()>;

  // This waits for a pass that has begun to finish.
  ~Periodic();
  // This starts the thread; call it once. A pass that fails is logged as `event` and is tried again.
  void Start(std::string event, absl::Duration pause, Pass pass);

 private:
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_UPKEEP_PERIODIC_H_
