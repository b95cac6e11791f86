// This says how often one agency may name people who are not there, over all loops.
#ifndef ACCORD_SERVICES_GATEWAY_ADMISSION_MISS_BUDGET_H_
#define ACCORD_SERVICES_GATEWAY_ADMISSION_MISS_BUDGET_H_

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

#include "absl/status/status.h"

namespace accord::gateway {

// Whoever tries names until one is taken learns who works at an agency. A mistyped name costs nothing that
// anybody notices; who has missed too often names nobody for a while, whether or not the name exists.
class MissBudget {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // An agency may miss so often at once, and as often again in each minute.
  explicit MissBudget(double misses_per_minute) : misses_per_minute_(misses_per_minute) {}

  // RESOURCE_EXHAUSTED with rule QUOTA_MISSES and the time to wait, for an agency that has none left.
  absl::Status Check(const std::string& agency, Time now) const;
  // Takes one of the agency's.
  void Count(const std::string& agency, Time now);

 private:
  struct Account {
    double left = 0;
    Time filled;
  };
  double LeftAt(const Account& account, Time now) const;

  const double misses_per_minute_;
  mutable std::mutex mutex_;
  // Only an agency of the register that has missed has an account.
  std::unordered_map<std::string, Account> accounts_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_ADMISSION_MISS_BUDGET_H_
