// This limits how many faults of an agency's calls are logged individually. A caller can cause some of them,
// for example by deadlines that are too short, and must not be able to fill the disk or the operator's log.
#ifndef ACCORD_COMMON_HOST_SERVING_FAULT_LINES_H_
#define ACCORD_COMMON_HOST_SERVING_FAULT_LINES_H_

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "absl/time/time.h"

namespace accord::host {

// FaultLines is thread-safe.
class FaultLines {
 public:
  // `per_minute` is the most lines for each agency in a minute.
  explicit FaultLines(int per_minute = 60) : per_minute_(per_minute) {}

  // This gives the number of faults before this one that were not logged if this one is logged, or nullopt if
  // it is only counted.
  std::optional<int64_t> Take(const std::string& who, absl::Time now) {
    std::lock_guard lock(mutex_);
    Minute& minute = minutes_[who];
    // The clock may be set back.
    if (now >= minute.began + absl::Minutes(1) || now < minute.began) {
      minute.began = now;
      minute.lines = 0;
    }
    if (minute.lines >= per_minute_) {
      ++minute.left_out;
      return std::nullopt;
    }
    ++minute.lines;
    return std::exchange(minute.left_out, 0);
  }

 private:
  struct Minute {
    absl::Time began = absl::InfinitePast();
    int lines = 0;
    int64_t left_out = 0;
  };

  const int per_minute_;
  std::mutex mutex_;
  // There are no more of these than agencies in the registry.
  std::map<std::string, Minute> minutes_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_SERVING_FAULT_LINES_H_
