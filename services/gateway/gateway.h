// The gateway process runs one loop a core, keeps certificates and open calls up to date, and drains. What it
// reads at first stands in gateway_load.h, how it accepts connections in calls/acceptor.h, and how it follows
// the policy in calls/policy_watch.h.
#ifndef ACCORD_SERVICES_GATEWAY_GATEWAY_H_
#define ACCORD_SERVICES_GATEWAY_GATEWAY_H_

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "common/metrics/metrics_server.h"
#include "services/gateway/calls/acceptor.h"
#include "services/gateway/calls/policy_watch.h"
#include "services/gateway/calls/shard.h"

namespace accord::gateway {

class Gateway {
 public:
  // This checks everything that can be checked without a socket; an error says what to mend.
  static absl::StatusOr<std::unique_ptr<Gateway>> Create(const v1::GatewayConfig& config);
  ~Gateway();

  absl::Status Start();
  // This sends GOAWAY to every agency, gives open calls drain_ms to end, and stops everything.
  void Stop();
  // This is the port that agencies connect to, also when the configuration said 0.
  int port() const { return port_; }
  // This is the port of the metrics page; it is 0 if there is none.
  int metrics_port() const { return metrics_ == nullptr ? 0 : metrics_->port(); }
  // This is the number of calls that have not ended, on all loops.
  uint64_t open_calls() const;
  // This is how often certificates were replaced while the gateway ran.
  int reloads() const { return reloads_; }
  // Tests make the next call to this backend take this stream number, on every loop.
  void Age(const std::string& backend, int32_t next_stream);
  // This opens the access log again, after it was moved aside.
  void ReopenLog();

 private:
  Gateway() = default;
  // This makes one more of the `loops`, which accepts on this socket.
  void AddShard(int fd, std::size_t loops, const std::vector<const Method*>& methods);
  // This records the counted refusals that are due.
  void RecordRefusals(Shard* shard, SteadyTime now, bool ending);
  void ReloadLater(Shard* shard);
  // This accepts connections once every upstream is ready, or after 2 seconds, when calls to a missing
  // upstream are refused clearly.
  void AcceptWhenReady(Shard* shard, Acceptor* acceptor, SteadyTime until);
  bool UpstreamsReady(const Shard& shard) const;
  // Runs once a second, for gauges, idle connections, and calls whose policy no longer holds.
  void Tick(Shard* shard);
  static void Recheck(Shard* shard);
  // Rechecks at once, or a little later if the last recheck was very recent.
  static void RecheckSoon(Shard* shard);
  // This does the same on every loop, whichever loop calls it.
  void RecheckAllSoon();
  void DrainStep(Shard* shard, SteadyTime until);

  GatewayState state_;
  int port_ = 0;
  // Loops call these two members, which both outlive them.
  std::vector<std::unique_ptr<Acceptor>> acceptors_;
  std::unique_ptr<PolicyWatch> policy_watch_;
  std::vector<std::unique_ptr<Shard>> shards_;
  std::vector<std::thread> threads_;
  std::vector<int> listeners_;
  std::string stamp_;
  std::atomic<int> reloads_{0};
  std::unique_ptr<MetricsServer> metrics_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_GATEWAY_H_
