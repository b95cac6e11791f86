#include "services/gateway/gateway.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "absl/time/clock.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "services/gateway/calls/connection.h"
#include "services/gateway/gateway_load.h"
#include "services/gateway/http2/sockets.h"
#include "services/gateway/observe/metrics_page.h"

namespace accord::gateway {
namespace {

// Agencies wait this long at the most for a gateway that has just started.
constexpr Millis kOpenAnyway{2000};
// A second look at every connection costs more the more connections there are, and one agency changes its own
// entries as often as its quota allows. New calls need no second look, because they are held against the
// newest policy.
constexpr Millis kBetweenRechecks{100};

AuditTrail::Limits AuditTrailLimits(const v1::Limits& limits) {
  return {.records = static_cast<std::size_t>(limits.audit_records()),
          .bytes = static_cast<std::size_t>(limits.audit_bytes()),
          .agency_records = static_cast<std::size_t>(limits.agency_audit_records()),
          .agency_bytes = static_cast<std::size_t>(limits.agency_audit_bytes())};
}

}  // namespace

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Create(const v1::GatewayConfig& config) {
  std::unique_ptr<Gateway> gateway(new Gateway());
  gateway->stamp_ = CertificatesStamp(config);
  ACCORD_RETURN_IF_ERROR(LoadState(config, &gateway->state_));
  return gateway;
}

void Gateway::AddShard(int fd, std::size_t loops, const std::vector<const Method*>& methods) {
  auto shard = std::make_unique<Shard>(&state_);
  Shard* raw = shard.get();
  for (const auto& backend : state_.config.backends()) {
    auto upstream = std::make_unique<Upstream>(&raw->loop, backend, state_.service_prefix + backend.name(),
                                               Millis(state_.config.limits().service_ping_ms()),
                                               [gateway = &state_] { return gateway->service_tls.load(); });
    upstream->Connect();
    raw->upstreams[backend.name()] = std::move(upstream);
  }
  raw->audit = std::make_unique<AuditTrail>(
      &raw->loop, state_.config.unsafe_audit_off() ? nullptr : raw->upstreams[state_.audit_backend].get(),
      AuditTrailLimits(state_.config.limits()));
  raw->telemetry = std::make_unique<Telemetry>(methods);
  Acceptor* acceptor = acceptors_.emplace_back(std::make_unique<Acceptor>(raw, fd, loops)).get();
  raw->loop.Defer([this, raw, acceptor] {
    AcceptWhenReady(raw, acceptor, std::chrono::steady_clock::now() + kOpenAnyway);
  });
  Tick(raw);
  shards_.push_back(std::move(shard));
}

absl::Status Gateway::Start() {
  std::signal(SIGPIPE, SIG_IGN);
  const int configured = state_.config.loops();
  const int count =
      configured > 0 ? configured : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  std::vector<const Method*> methods;
  for (const auto& [path, route] : state_.routes) methods.push_back(&route.method);
  for (int i = 0; i < count; ++i) {
    const int fd = ListenOn(state_.config.listen(), &port_);
    if (fd < 0) return absl::UnavailableError("cannot listen on " + state_.config.listen());
    listeners_.push_back(fd);
    AddShard(fd, static_cast<std::size_t>(count), methods);
  }
  Shard* first = shards_.front().get();
  if (state_.config.unsafe_policy_file().empty()) {
    policy_watch_ = std::make_unique<PolicyWatch>(first, [this] { RecheckAllSoon(); });
    first->upstreams[state_.policy_backend]->WhenReady([watch = policy_watch_.get()] { watch->Start(); });
  }
  ReloadLater(first);
  if (!state_.config.metrics_listen().empty()) {
    std::vector<const Telemetry*> loops;
    for (const auto& shard : shards_) loops.push_back(shard->telemetry.get());
    auto page = std::make_shared<MetricsPage>(
        std::move(loops), [this] { return state_.policy.AgeSeconds(); },
        [this] { return static_cast<double>(state_.held_bytes.load()); });
    ACCORD_ASSIGN_OR_RETURN(metrics_, MetricsServer::Start(state_.config.metrics_listen(), std::move(page)));
  }
  for (auto& shard : shards_) threads_.emplace_back([raw = shard.get()] { raw->loop.Run(); });
  return absl::OkStatus();
}

bool Gateway::UpstreamsReady(const Shard& shard) const {
  if (!state_.PolicyIsFresh()) return false;
  for (const auto& [name, upstream] : shard.upstreams) {
    if (!upstream->ready()) return false;
  }
  return true;
}

void Gateway::AcceptWhenReady(Shard* shard, Acceptor* acceptor, SteadyTime until) {
  if (UpstreamsReady(*shard) || std::chrono::steady_clock::now() >= until) return acceptor->Listen();
  shard->loop.After(Millis(5), [this, shard, acceptor, until] { AcceptWhenReady(shard, acceptor, until); });
}

void Gateway::RecheckAllSoon() {
  for (auto& each : shards_) {
    each->loop.Post([raw = each.get()] { RecheckSoon(raw); });
  }
}

void Gateway::RecheckSoon(Shard* shard) {
  if (std::exchange(shard->recheck_planned, true)) return;
  const SteadyTime now = std::chrono::steady_clock::now();
  const SteadyTime next = shard->rechecked + kBetweenRechecks;
  const Millis wait = next > now ? std::chrono::ceil<Millis>(next - now) : Millis(0);
  shard->loop.After(wait, [shard] {
    shard->recheck_planned = false;
    Recheck(shard);
  });
}

void Gateway::Recheck(Shard* shard) {
  shard->rechecked = std::chrono::steady_clock::now();
  const auto connections = shard->connections;
  for (const auto& [id, connection] : connections) connection->Recheck();
}

void Gateway::Tick(Shard* shard) {
  const SteadyTime now = std::chrono::steady_clock::now();
  shard->telemetry->connections = shard->connections.size();
  shard->telemetry->strangers = shard->strangers.size();
  shard->telemetry->orphans = shard->orphans.size();
  shard->telemetry->audit_waiting = shard->audit->waiting();
  shard->telemetry->audit_owed = shard->audit->owed();
  for (const auto& [id, connection] : shard->connections) connection->Tick(now);
  for (const auto& [name, upstream] : shard->upstreams) upstream->Tick(now);
  RecordRefusals(shard, now, false);
  // An agency's last day ends, and a policy grows old, without any news of it.
  const absl::CivilDay today = OntarioDay(absl::Now());
  const bool fresh = state_.PolicyIsFresh();
  if (today != std::exchange(shard->day, today) || !fresh) Recheck(shard);
  if (state_.access_log != nullptr) state_.access_log->Flush();
  shard->loop.After(Millis(1000), [this, shard] { Tick(shard); });
}

uint64_t Gateway::open_calls() const {
  uint64_t open = 0;
  for (const auto& shard : shards_) open += shard->telemetry->open_calls;
  return open;
}

void Gateway::Age(const std::string& backend, int32_t next_stream) {
  for (auto& each : shards_) {
    each->loop.Post([raw = each.get(), backend, next_stream] { raw->upstreams[backend]->Age(next_stream); });
  }
}

void Gateway::ReopenLog() {
  if (state_.access_log != nullptr) state_.access_log->Reopen();
}

void Gateway::RecordRefusals(Shard* shard, SteadyTime now, bool ending) {
  for (auto& record : state_.refusals->Due(now, ending))
    shard->audit->Append({std::move(record)}, false, nullptr);
}

void Gateway::ReloadLater(Shard* shard) {
  shard->loop.After(Millis(1000), [this, shard] {
    const std::string stamp = CertificatesStamp(state_.config);
    // A half-written pair is refused here and looked at again in a second; the old one stays in use.
    if (stamp != stamp_ && LoadCertificates(&state_).ok()) {
      stamp_ = stamp;
      ++reloads_;
      LogInfo("certificates_reloaded");
    }
    ReloadLater(shard);
  });
}

void Gateway::DrainStep(Shard* shard, SteadyTime until) {
  const SteadyTime now = std::chrono::steady_clock::now();
  RecordRefusals(shard, now, true);
  const bool empty = shard->connections.empty() && shard->orphans.empty() &&
                     shard->audit->waiting() + shard->audit->owed() == 0;
  if (empty || now >= until) return shard->loop.Stop();
  shard->loop.After(Millis(20), [this, shard, until] { DrainStep(shard, until); });
}

void Gateway::Stop() {
  const SteadyTime until = std::chrono::steady_clock::now() + Millis(state_.config.limits().drain_ms());
  for (auto& each : shards_) {
    each->loop.Post([this, raw = each.get(), until] {
      raw->draining = true;
      const auto connections = raw->connections;
      for (const auto& [id, connection] : connections) connection->Drain();
      DrainStep(raw, until);
    });
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  metrics_.reset();
  if (policy_watch_ != nullptr) policy_watch_->Forget();
  for (auto& shard : shards_) {
    shard->connections.clear();
    shard->orphans.clear();
    shard->audit.reset();
    shard->upstreams.clear();
  }
  shards_.clear();
  acceptors_.clear();
  for (const int fd : listeners_) ::close(fd);
  listeners_.clear();
}

Gateway::~Gateway() {
  if (!shards_.empty()) Stop();
}

}  // namespace accord::gateway
