// This counts the open streams of all agencies and of each, and limits both.
#ifndef ACCORD_COMMON_HOST_SERVING_STREAM_BUDGET_H_
#define ACCORD_COMMON_HOST_SERVING_STREAM_BUDGET_H_

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace accord::host {

// A StreamBudget is thread-safe.
class StreamBudget {
 public:
  struct View {
    std::string who;
    int open = 0;
    uint64_t refused_all = 0, refused_own = 0;
  };

  StreamBudget(int of_all, int of_one) : of_all_(of_all), of_one_(of_one) {}

  // This returns OK and counts one more stream as open until Close, or fails with RESOURCE_EXHAUSTED and rule
  // STREAMS_OF_AGENCY or SERVICE_BUSY.
  absl::Status Open(const std::string& who);
  void Close(const std::string& who);
  void WaitUntilNoneIsOpen();
  std::vector<View> Views() const;

 private:
  const int of_all_, of_one_;
  mutable std::mutex mutex_;
  std::condition_variable none_;
  std::map<std::string, View> views_;
  int open_ = 0;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_SERVING_STREAM_BUDGET_H_
