// The gateway process: loads its configuration, runs one loop a core, watches the policy, drains.
#ifndef ACCORD_SERVICES_GATEWAY_GATEWAY_H_
#define ACCORD_SERVICES_GATEWAY_GATEWAY_H_

#include <memory>
#include <thread>
#include <vector>

#include "common/metrics/metrics_server.h"
#include "services/gateway/calls/shard.h"

namespace accord::gateway {

class Gateway {
 public:
  // Checks everything that can be checked without a socket; an error says what to mend.
  static absl::StatusOr<std::unique_ptr<Gateway>> Create(const v1::GatewayConfig& config);
  ~Gateway();

  absl::Status Start();
  // Sends GOAWAY to every agency, gives open calls drain_ms to end, and stops everything.
  void Stop();
  // The port that agencies connect to, also when the configuration said 0.
  int port() const { return port_; }
  // This is the port of the metrics page; 0 if there is none.
  int metrics_port() const { return metrics_ == nullptr ? 0 : metrics_->port(); }
  // Calls that have not ended, on all loops.
  uint64_t open_calls() const;
  // How often certificates were replaced while running.
  int reloads() const { return reloads_; }
  // For tests: the next call to this backend takes this stream number, on every loop.
  void Age(const std::string& backend, int32_t next_stream);
  // Opens the access log again, after it was moved aside.
  void ReopenLog();

 private:
  Gateway() = default;
  absl::Status Load(const v1::GatewayConfig& config);
  absl::Status LoadBackends(const v1::GatewayConfig& config);
  absl::Status LoadService(const std::string& backend, const std::string& service);
  // The keys, the certificates and the access log.
  absl::Status LoadFiles(const v1::GatewayConfig& config);
  void MakeBudgets();
  // Makes one more loop, which accepts on this socket.
  void AddShard(int fd, const std::vector<const Method*>& methods);
  void TakeContexts(const TlsContext& agency, const TlsContext& service);
  void Accept(Shard* shard, int fd);
  // Takes a place for a connection from this address. Returns whether there is one.
  bool Admit(Shard* shard, const std::string& address);
  // Closes the connection that has waited longest without an active certificate: of this address, or, if it
  // is empty, of the address that has by far the most of them, or else of all.
  static bool MakeRoom(Shard* shard, const std::string& address);
  // Records the counted refusals that are due.
  void RecordRefusals(Shard* shard, SteadyTime now, bool ending);
  enum class Begin { kWhereItWas, kAnew };
  void Watch(Shard* shard, Begin begin = Begin::kWhereItWas);
  void ReloadLater(Shard* shard);
  // Accepts connections once every upstream is ready, or after 2 seconds, when calls to a missing upstream
  // are refused clearly.
  void AcceptWhenReady(Shard* shard, int fd, SteadyTime until);
  void Listen(Shard* shard, int fd);
  // Pauses accepting for a moment.
  void ListenLater(Shard* shard, int fd);
  bool UpstreamsReady(const Shard& shard) const;
  // Runs once a second, for gauges, idle connections, and calls whose policy no longer holds.
  void Tick(Shard* shard);
  static void Recheck(Shard* shard);
  // Rechecks at once, or a little later if the last recheck was very recent.
  static void RecheckSoon(Shard* shard);
  void DrainStep(Shard* shard, SteadyTime until);

  GatewayState state_;
  int port_ = 0;
  std::vector<std::unique_ptr<Shard>> shards_;
  std::vector<std::thread> threads_;
  std::vector<int> listeners_;
  std::shared_ptr<InternalCall> watch_;
  std::string stamp_;
  std::atomic<int> reloads_{0};
  std::unique_ptr<MetricsServer> metrics_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_GATEWAY_H_
