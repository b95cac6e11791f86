#include "services/gateway/admission/quota.h"

#include <algorithm>

#include "absl/time/time.h"
#include "common/base/error.h"

namespace accord::gateway {
namespace {

constexpr std::chrono::milliseconds kLongestRest(1000);

// This converts seconds, up to an hour, so that the result stays in range whatever the configuration
// divides by.
std::chrono::nanoseconds QuotaPause(double seconds) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
      std::chrono::duration<double>(std::min(seconds, 3600.0)));
}

}  // namespace

int Quota::CallsOf(std::size_t header_bytes) {
  return header_bytes < kLargeHeaders ? 1 : static_cast<int>(header_bytes / kHeaderBytesOfACall);
}

std::chrono::milliseconds Quota::DelayRefusal(Account* account, int calls,
                                              std::chrono::steady_clock::time_point now) const {
  using std::chrono::milliseconds;
  // As many refusals as a second's calls are not delayed.
  constexpr std::chrono::seconds kFree(1);
  const auto each = std::chrono::duration_cast<std::chrono::nanoseconds>(
      std::chrono::duration<double>(calls / limits_.calls_per_second));
  account->refused_until = std::max(account->refused_until, now - kFree) + each;
  const auto rest = std::chrono::ceil<milliseconds>(account->refused_until - now);
  return std::clamp(rest, milliseconds(0), kLongestRest);
}

absl::StatusOr<Quota::Account*> Quota::Enter(const std::string& agency,
                                             std::chrono::steady_clock::time_point now, int calls,
                                             std::chrono::milliseconds* rest) {
  std::lock_guard lock(mutex_);
  const auto [entry, fresh] = accounts_.try_emplace(agency);
  Account& account = entry->second;
  if (fresh) {
    account.tokens = limits_.burst;
    account.filled = now;
  }
  const double elapsed = std::max(0.0, std::chrono::duration<double>(now - account.filled).count());
  account.tokens = std::min(limits_.burst, account.tokens + elapsed * limits_.calls_per_second);
  account.filled = std::max(account.filled, now);
  const bool full = account.open >= limits_.open_calls;
  if (rest != nullptr && (full || account.tokens < 1)) *rest = DelayRefusal(&account, calls, now);
  if (full) {
    return WithRetryAfter(
        Refuse(rules::kQuotaOpenCalls, "Too many calls of this agency are open; finish some first."),
        absl::Seconds(1));
  }
  if (account.tokens < 1) {
    return WithRetryAfter(Refuse(rules::kQuotaCalls, "This agency calls faster than its quota; slow down."),
                          absl::Seconds((1 - account.tokens) / limits_.calls_per_second));
  }
  account.tokens -= calls;
  ++account.open;
  return &account;
}

void Quota::Charge(Account* account, std::size_t records) {
  std::lock_guard lock(mutex_);
  account->tokens -= static_cast<double>(records);
}

std::chrono::milliseconds Quota::Pace(Account* account, std::size_t bytes,
                                      std::chrono::steady_clock::time_point now) {
  std::lock_guard lock(mutex_);
  const double calls = static_cast<double>(bytes) / static_cast<double>(kBytesOfACall);
  account->paced_until =
      std::max(account->paced_until, now - QuotaPause(limits_.burst / limits_.calls_per_second)) +
      QuotaPause(calls / limits_.calls_per_second);
  const auto rest = std::chrono::ceil<std::chrono::milliseconds>(account->paced_until - now);
  return std::clamp(rest, std::chrono::milliseconds(0), kLongestRest);
}

void Quota::Leave(Account* account) {
  std::lock_guard lock(mutex_);
  --account->open;
}

}  // namespace accord::gateway
