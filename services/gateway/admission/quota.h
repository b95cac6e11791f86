// This limits how many calls one agency may make in a second and have open at once, over all loops.
#ifndef ACCORD_SERVICES_GATEWAY_ADMISSION_QUOTA_H_
#define ACCORD_SERVICES_GATEWAY_ADMISSION_QUOTA_H_

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

#include "absl/status/statusor.h"

namespace accord::gateway {

class Quota {
 public:
  struct Limits {
    double calls_per_second = 500;
    double burst = 1000;
    int open_calls = 200;
  };
  explicit Quota(const Limits& limits) : limits_(limits) {}

  // This is what one agency has under way. It stays where it is for as long as the quota lives.
  struct Account {
    double tokens = 0;
    std::chrono::steady_clock::time_point filled;
    int open = 0;
    // Refusals are paced like calls; this is the time until which the earlier ones are paid for.
    std::chrono::steady_clock::time_point refused_until;
    // This is the time until which the bytes of earlier large requests are paid for.
    std::chrono::steady_clock::time_point paced_until;
    // This counts bytes of requests in service and of answers not yet sent.
    std::atomic<int64_t> bytes{0};
  };

  // Headers of this size and more count as several calls, of which each is worth kHeaderBytesOfACall, because
  // they are decoded, checked and hashed before anything is known of the call.
  static constexpr std::size_t kLargeHeaders = 4 * 1024, kHeaderBytesOfACall = 2 * 1024;
  // This returns as how many calls one with so many bytes of headers counts.
  static int CallsOf(std::size_t header_bytes);

  // This takes a place, which Leave gives back, for a call that counts as `calls`; otherwise fails with
  // RESOURCE_EXHAUSTED and rule QUOTA_CALLS or QUOTA_OPEN_CALLS. A caller that goes on is refused no faster
  // than its quota: `rest` receives how long its connection is not to be read, at most a second.
  absl::StatusOr<Account*> Enter(const std::string& agency, std::chrono::steady_clock::time_point now,
                                 int calls = 1, std::chrono::milliseconds* rest = nullptr);
  // This charges a call for the records in the log beyond its first. Each record counts as a call, and the
  // agency waits for it.
  void Charge(Account* account, std::size_t records);
  // Each call of the quota is worth so many bytes of large requests, of which every one is decrypted, checked
  // and hashed.
  static constexpr std::size_t kBytesOfACall = 32 * 1024;
  // Counts bytes that came. It returns how long the connection that sent them is not to be read, at most
  // a second.
  std::chrono::milliseconds Pace(Account* account, std::size_t bytes,
                                 std::chrono::steady_clock::time_point now);
  void Leave(Account* account);

 private:
  // This returns how long to wait with the refusal of what counts as so many calls.
  std::chrono::milliseconds DelayRefusal(Account* account, int calls,
                                         std::chrono::steady_clock::time_point now) const;

  const Limits limits_;
  std::mutex mutex_;
  std::unordered_map<std::string, Account> accounts_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_ADMISSION_QUOTA_H_
