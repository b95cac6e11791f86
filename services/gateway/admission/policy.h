// This keeps the newest policy of the registry for all loops, and knows how old it is.
#ifndef ACCORD_SERVICES_GATEWAY_ADMISSION_POLICY_H_
#define ACCORD_SERVICES_GATEWAY_ADMISSION_POLICY_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>

#include "accord/registry/v1/policy_service.pb.h"
#include "services/gateway/admission/policy_table.h"

namespace accord::gateway {

// This is the snapshot that all loops share, and the time at which the registry was last heard.
class Policy {
 public:
  explicit Policy(std::chrono::milliseconds max_behind = std::chrono::seconds(3))
      : table_(std::make_shared<const PolicyTable>()), max_behind_(max_behind) {}

  std::shared_ptr<const PolicyTable> table() const { return table_.load(); }
  enum class News {
    kNone,
    // Entries changed: live connections need a second look.
    kChanged,
    // The registry holds another policy at the same version. Nothing is fresh until an update with
    // `reset` came.
    kDiverged,
  };
  // This takes an update over. Only one thread may call this.
  News Take(const registry::v1::PolicyUpdate& update);
  // A policy out of a file never grows old.
  void Pin() { pinned_ = true; }
  // This says whether the registry was heard within `max_age`, holds the same policy, and has told all of its
  // changes except those of the last three seconds.
  bool Fresh(std::chrono::milliseconds max_age) const;
  // This gives the seconds since the registry was last heard: 0 for a pinned policy, and infinity before the
  // first update.
  double AgeSeconds() const;

 private:
  std::atomic<std::shared_ptr<const PolicyTable>> table_;
  const std::chrono::nanoseconds max_behind_;
  std::atomic<int64_t> heard_ns_{0};
  // This is the time in nanoseconds since which the registry has changes that do not arrive; it is 0 if there
  // are none.
  std::atomic<int64_t> behind_since_ns_{0};
  std::atomic<bool> diverged_{false};
  std::atomic<bool> pinned_{false};
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_ADMISSION_POLICY_H_
