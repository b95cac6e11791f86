#include "services/gateway/admission/miss_budget.h"

#include <algorithm>

#include "absl/time/time.h"
#include "common/base/error.h"

namespace accord::gateway {

double MissBudget::LeftAt(const Account& account, Time now) const {
  const double seconds = std::max(0.0, std::chrono::duration<double>(now - account.filled).count());
  return std::min(misses_per_minute_, account.left + seconds * misses_per_minute_ / 60);
}

absl::Status MissBudget::Check(const std::string& agency, Time now) const {
  std::lock_guard lock(mutex_);
  const auto account = accounts_.find(agency);
  if (account == accounts_.end()) return absl::OkStatus();
  const double left = LeftAt(account->second, now);
  if (left >= 1) return absl::OkStatus();
  return WithRetryAfter(
      Refuse(rules::kQuotaMisses, "This agency has named too many people who are not there; look them up."),
      absl::Seconds((1 - left) * 60 / misses_per_minute_));
}

void MissBudget::Count(const std::string& agency, Time now) {
  std::lock_guard lock(mutex_);
  const auto [entry, fresh] = accounts_.try_emplace(agency);
  Account& account = entry->second;
  account.left = fresh ? misses_per_minute_ - 1 : LeftAt(account, now) - 1;
  account.filled = fresh ? now : std::max(account.filled, now);
}

}  // namespace accord::gateway
