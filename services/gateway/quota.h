// How much one agency may ask for: calls a second and calls open at once, over all loops.
#ifndef ACCORD_SERVICES_GATEWAY_QUOTA_H_
#define ACCORD_SERVICES_GATEWAY_QUOTA_H_

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

#include "absl/status/status.h"

namespace accord::gateway {

class Quota {
 public:
  struct Limits {
    double calls_per_second = 500;
    double burst = 1000;
    int open_calls = 200;
  };
  explicit Quota(const Limits& limits) : limits_(limits) {}

  // OK takes a place, which Leave gives back; otherwise RESOURCE_EXHAUSTED, QUOTA_CALLS or QUOTA_OPEN_CALLS.
  absl::Status Enter(const std::string& agency, std::chrono::steady_clock::time_point now);
  void Leave(const std::string& agency);

 private:
  struct Account {
    double tokens = 0;
    std::chrono::steady_clock::time_point filled;
    int open = 0;
  };
  const Limits limits_;
  std::mutex mutex_;
  std::unordered_map<std::string, Account> accounts_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_QUOTA_H_
