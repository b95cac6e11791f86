// This says how often one agency may name people who are not there, over all loops.
#ifndef ACCORD_SERVICES_GATEWAY_ADMISSION_MISS_BUDGET_H_
#define ACCORD_SERVICES_GATEWAY_ADMISSION_MISS_BUDGET_H_

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

#include "absl/status/status.h"

namespace accord::gateway {

// A caller that guesses names until one exists learns who works at an agency. An occasional mistyped name has
// no effect; an agency that has missed too often can name nobody for a while, whether or not the name exists.
class MissBudget {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // An agency may miss this often in a burst, and this often again in each minute.
  explicit MissBudget(double misses_per_minute) : misses_per_minute_(misses_per_minute) {}

  // This fails with RESOURCE_EXHAUSTED, rule QUOTA_MISSES and the time to wait if the agency has no
  // misses left.
  absl::Status Check(const std::string& agency, Time now) const;
  // This counts one miss of the agency.
  void Count(const std::string& agency, Time now);

 private:
  struct Account {
    double left = 0;
    Time filled;
  };
  double LeftAt(const Account& account, Time now) const;

  const double misses_per_minute_;
  mutable std::mutex mutex_;
  // An agency has an account only if the register has it and it has missed.
  std::unordered_map<std::string, Account> accounts_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_ADMISSION_MISS_BUDGET_H_
