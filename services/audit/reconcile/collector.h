// This finds changes of services of which the log has no record, because a gateway died between a change and
// its record, or a caller left. The collector follows the changes of every service through the gateway, gives
// the gateways a moment to record them, and records the rest as recovered.
#ifndef ACCORD_SERVICES_AUDIT_RECONCILE_COLLECTOR_H_
#define ACCORD_SERVICES_AUDIT_RECONCILE_COLLECTOR_H_

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "accord/host/v1/revisions.pb.h"
#include "common/host/watching/changes.h"
#include "services/audit/reconcile/reconciler.h"

namespace accord::audit {

class Collector {
 public:
  struct Options {
    // A younger change may still get its record from the gateway.
    absl::Duration grace = absl::Seconds(2);
    // This is how long one replica follows a service before another may.
    absl::Duration lease = absl::Seconds(10);
    // The collector waits this long after a failure, and before it looks whether another replica
    // still follows.
    absl::Duration pause = absl::Seconds(1);
    // The pause doubles with each further failure up to this length, since each attempt is a call in the log.
    // It starts anew if the service was followed for at least this long before it failed.
    absl::Duration longest_pause = absl::Seconds(8);

    // This gives the pause after an attempt that ended in a failure, if the pause `last` came after the
    // attempt before.
    absl::Duration PauseAfterFailure(absl::Duration last, absl::Duration followed) const;
  };

  Collector(storage::Database* database, Reconciler* reconciler, RevisionWatch watch, Options options);
  ~Collector();
  // This starts a thread for each service.
  void Start();

 private:
  struct Batch {
    std::vector<Change> changes;
    // This is on a monotonic clock: if the system's clock were set back, all threads would wait for
    // that long.
    std::chrono::steady_clock::time_point at;
  };
  // This follows one service as long as this replica has the lease. When the lease is lost, or after a
  // failure, it begins again.
  void Run(const std::string& service);
  absl::StatusOr<bool> HoldsLease(const std::string& service);
  absl::Status Follow(const std::string& service);
  static std::size_t CountOf(const std::deque<Batch>& waiting);
  absl::Status SettleDue(const std::string& service, std::deque<Batch>* waiting);

  storage::Database* const database_;
  Reconciler* const reconciler_;
  const RevisionWatch watch_;
  const Options options_;
  const std::string holder_;
  std::atomic<bool> stopping_{false};
  std::vector<std::thread> threads_;
};

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_RECONCILE_COLLECTOR_H_
