// These are the counters of a gateway's loop, which name no person, no record and no content.
#ifndef ACCORD_SERVICES_GATEWAY_OBSERVE_TELEMETRY_H_
#define ACCORD_SERVICES_GATEWAY_OBSERVE_TELEMETRY_H_

#include <array>
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "common/access/method.h"

namespace accord::gateway {

// These are the counters of one loop. The loop alone writes them; a scrape may read at any time.
class Telemetry {
 public:
  static constexpr std::array<double, 10> kBounds = {0.0005, 0.001, 0.002, 0.005, 0.01,
                                                     0.025,  0.1,   0.5,   2.5,   10};
  struct Calls {
    std::array<std::atomic<uint64_t>, 17> by_code{};
    std::array<std::atomic<uint64_t>, kBounds.size() + 1> buckets{};
    std::atomic<uint64_t> micros{0};
  };

  explicit Telemetry(const std::vector<const Method*>& methods);
  // `method` is null for a method that does not exist.
  void Count(const Method* method, const absl::Status& status, std::chrono::microseconds took);

  const std::unordered_map<std::string, Calls>& calls() const { return calls_; }
  std::map<std::string, uint64_t> refusals() const;

  std::atomic<uint64_t> connections{0}, strangers{0}, open_calls{0}, orphans{0}, audit_waiting{0},
      audit_owed{0};
  // This counts connections that were closed to make room before a call could be refused.
  std::atomic<uint64_t> connections_refused{0};
  // This counts handshakes that were completed, whoever the peer was.
  std::atomic<uint64_t> handshakes{0};
  // This counts refusals that were counted and not recorded one by one.
  std::atomic<uint64_t> refusals_counted{0};

 private:
  // The constructor fills this map, and its shape is fixed from then on.
  std::unordered_map<std::string, Calls> calls_;
  mutable std::mutex mutex_;
  std::map<std::string, uint64_t> refusals_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_OBSERVE_TELEMETRY_H_
