#include "services/gateway/gateway.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <list>
#include <unordered_map>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/access/named.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/log.h"
#include "common/base/trust_domain.h"
#include "services/gateway/calls/connection.h"

namespace accord::gateway {
namespace {

constexpr char kAuditWriter[] = "accord.audit.v1.AuditWriterService";
// Connections of an agency that begin have so many bursts of frames between them.
constexpr double kBurstsOfAgency = 8;
// Agencies wait so long at the most for a gateway that has just started.
constexpr Millis kOpenAnyway{2000};
// A second look at every connection costs the more, the more there are, and one agency changes its own
// entries as often as its quota allows. New calls need none: they are held against the newest policy.
constexpr Millis kBetweenRechecks{100};
// When the process has no file descriptor left, it tries to accept connections again after this.
constexpr Millis kWithoutDescriptor{20};
constexpr char kPolicyService[] = "accord.registry.v1.PolicyService";

void Default(v1::Limits* limits) {
#define ACCORD_DEFAULT(field, value) \
  if (limits->field() <= 0) limits->set_##field(value)
  ACCORD_DEFAULT(max_message_bytes, 4 << 20);
  ACCORD_DEFAULT(max_header_bytes, 16 << 10);
  ACCORD_DEFAULT(default_deadline_ms, 10'000);
  ACCORD_DEFAULT(max_deadline_ms, 30'000);
  ACCORD_DEFAULT(max_stream_deadline_ms, 3'600'000);
  ACCORD_DEFAULT(agency_calls_per_second, 500);
  ACCORD_DEFAULT(agency_burst, 1000);
  ACCORD_DEFAULT(agency_open_calls, 200);
  ACCORD_DEFAULT(policy_max_age_ms, 5000);
  ACCORD_DEFAULT(max_connections, 10'000);
  ACCORD_DEFAULT(max_streams, 100);
  ACCORD_DEFAULT(drain_ms, 10'000);
  ACCORD_DEFAULT(idle_ms, 300'000);
  ACCORD_DEFAULT(max_handshakes, 512);
  ACCORD_DEFAULT(address_handshakes, 256);
  ACCORD_DEFAULT(handshake_ms, 5000);
  ACCORD_DEFAULT(address_connections, 4096);
  ACCORD_DEFAULT(agency_connections, 64);
  ACCORD_DEFAULT(header_block_ms, 3000);
  ACCORD_DEFAULT(goodbye_ms, 5000);
  ACCORD_DEFAULT(agency_ping_ms, 30'000);
  ACCORD_DEFAULT(service_ping_ms, 2500);
  ACCORD_DEFAULT(frames_per_second, 1000);
  ACCORD_DEFAULT(frame_burst, 5000);
  ACCORD_DEFAULT(connection_bytes, 16 << 20);
  ACCORD_DEFAULT(agency_bytes, 32 << 20);
  ACCORD_DEFAULT(process_bytes, 96 << 20);
  ACCORD_DEFAULT(agency_refusals_per_minute, 100);
  ACCORD_DEFAULT(audit_records, 16 << 10);
  ACCORD_DEFAULT(audit_bytes, 32 << 20);
  ACCORD_DEFAULT(agency_audit_records, 4 << 10);
  ACCORD_DEFAULT(agency_audit_bytes, 8 << 20);
  ACCORD_DEFAULT(agency_misses_per_minute, 30);
#undef ACCORD_DEFAULT
}

AuditTrail::Limits TrailLimits(const v1::Limits& limits) {
  return {.records = static_cast<std::size_t>(limits.audit_records()),
          .bytes = static_cast<std::size_t>(limits.audit_bytes()),
          .agency_records = static_cast<std::size_t>(limits.agency_audit_records()),
          .agency_bytes = static_cast<std::size_t>(limits.agency_audit_bytes())};
}

// Says whose stranger makes way: the address that has the most of them, or, where none has more than an
// eighth, that of the one who came first. So a crowd of addresses does not single out one that many
// agencies share.
std::string MostCrowded(const std::list<Connection*>& strangers) {
  if (strangers.empty()) return "";
  std::unordered_map<std::string, std::size_t> counts;
  std::size_t most = 0;
  for (const Connection* each : strangers) most = std::max(most, ++counts[each->address()]);
  if (most * 8 <= strangers.size()) return strangers.front()->address();
  const auto crowded = std::find_if(strangers.begin(), strangers.end(),
                                    [&](const Connection* each) { return counts[each->address()] == most; });
  return (*crowded)->address();
}

// The stranger from this address who makes way: the first of those who have not greeted, so that who says
// nothing cannot drive out who greets; where more than half have, the first of these, so that a crowd that
// greets leaves half of the places to newcomers. Null if there is none.
Connection* WhoMakesWay(const std::list<Connection*>& strangers, const std::string& address) {
  Connection* first_greeted = nullptr;
  Connection* first_other = nullptr;
  int greeted = 0, others = 0;
  for (Connection* each : strangers) {
    if (each->address() != address) continue;
    Connection*& first = each->greeted() ? first_greeted : first_other;
    ++(each->greeted() ? greeted : others);
    if (first == nullptr) first = each;
  }
  return greeted > others ? first_greeted : first_other;
}

absl::Status WrongConfig(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("configuration: ", what));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Create(const v1::GatewayConfig& config) {
  std::unique_ptr<Gateway> gateway(new Gateway());
  if (absl::Status status = gateway->Load(config); !status.ok()) return status;
  return gateway;
}

absl::Status Gateway::LoadService(const std::string& backend, const std::string& service) {
  std::string* singular = service == kAuditWriter     ? &state_.audit_backend
                          : service == kPolicyService ? &state_.policy_backend
                                                      : nullptr;
  if (singular != nullptr && !singular->empty()) return WrongConfig("two backends carry " + service);
  if (singular != nullptr) *singular = backend;
  state_.services[service] = backend;
  auto methods = MethodsOf(service);
  if (!methods.ok()) return methods.status();
  for (Method& method : *methods) {
    const std::string path = method.path;
    const std::size_t largest = method.max_request_bytes();
    const bool names = method.unary() && method.rule.mutates() && CanName(*method.descriptor->input_type());
    if (!state_.routes.try_emplace(path, Route{std::move(method), backend, largest, names}).second) {
      return WrongConfig("two backends carry " + service);
    }
  }
  return absl::OkStatus();
}

absl::Status Gateway::LoadBackends(const v1::GatewayConfig& config) {
  bool loopback = IsLoopback(config.listen());
  for (const auto& backend : config.backends()) {
    loopback = loopback && IsLoopback(backend.address());
    for (const std::string& pattern : backend.services()) {
      for (const std::string& service : ServicesNamed(pattern, AllServices(true))) {
        ACCORD_RETURN_IF_ERROR(LoadService(backend.name(), service));
      }
    }
  }
  if ((config.unsafe_audit_off() || !config.unsafe_policy_file().empty()) && !loopback) {
    return WrongConfig("unsafe_audit_off and unsafe_policy_file need every address to be loopback");
  }
  if (!config.unsafe_audit_off() && state_.audit_backend.empty())
    return WrongConfig("no backend carries AuditWriterService");
  if (config.unsafe_policy_file().empty() && state_.policy_backend.empty()) {
    return WrongConfig("no backend carries PolicyService");
  }
  return absl::OkStatus();
}

absl::Status Gateway::LoadFiles(const v1::GatewayConfig& config) {
  ACCORD_ASSIGN_OR_RETURN(const std::string pem, ReadFile(config.assertion_key_file()));
  ACCORD_ASSIGN_OR_RETURN(state_.assertion_key, LoadPrivateKey(pem));
  ACCORD_ASSIGN_OR_RETURN(state_.hash_key, ReadFile(config.audit_hash_key_file()));
  if (state_.hash_key.size() < 32) return WrongConfig("audit_hash_key_file needs 32 bytes or more");
  stamp_ = FilesStamp(config.agency_tls()) + FilesStamp(config.service_tls());
  ACCORD_ASSIGN_OR_RETURN(TlsContext agency, ServerContext(config.agency_tls()));
  ACCORD_ASSIGN_OR_RETURN(TlsContext service, ClientContext(config.service_tls()));
  TakeContexts(agency, service);
  if (!config.access_log_file().empty()) {
    ACCORD_ASSIGN_OR_RETURN(state_.access_log, AccessLog::Open(config.access_log_file()));
  }
  return absl::OkStatus();
}

void Gateway::MakeBudgets() {
  const auto& limits = state_.config.limits();
  state_.quota = std::make_unique<Quota>(Quota::Limits{.calls_per_second = limits.agency_calls_per_second(),
                                                       .burst = limits.agency_burst(),
                                                       .open_calls = limits.agency_open_calls()});
  state_.misses = std::make_unique<MissBudget>(limits.agency_misses_per_minute());
  state_.connections = std::make_unique<ConnectionLedger>(
      ConnectionLedger::Limits{.all = limits.max_connections(),
                               .address = limits.address_connections(),
                               .agency = limits.agency_connections(),
                               .frames = kBurstsOfAgency * limits.frame_burst(),
                               .frames_per_second = limits.frames_per_second()});
  state_.refusals = std::make_unique<RefusalAggregator>(limits.agency_refusals_per_minute());
  state_.byte_limits = {.connection = limits.connection_bytes(),
                        .agency = limits.agency_bytes(),
                        .process = limits.process_bytes()};
}

absl::Status Gateway::Load(const v1::GatewayConfig& config) {
  state_.config = config;
  Default(state_.config.mutable_limits());
  if (config.listen().empty() || config.name().empty()) return WrongConfig("listen and name are required");
  ACCORD_ASSIGN_OR_RETURN(state_.service_prefix, ServicePrefix(config.trust_domain()));
  ACCORD_RETURN_IF_ERROR(LoadBackends(config));
  ACCORD_RETURN_IF_ERROR(LoadFiles(config));
  MakeBudgets();
  if (!config.unsafe_policy_file().empty()) {
    registry::v1::PolicyUpdate update;
    ACCORD_RETURN_IF_ERROR(ReadTextProto(config.unsafe_policy_file(), &update));
    state_.policy.Take(update);
    state_.policy.Pin();
  }
  return absl::OkStatus();
}

void Gateway::TakeContexts(const TlsContext& agency, const TlsContext& service) {
  state_.own_fingerprint = std::make_shared<const std::string>(FingerprintOf(agency.get()));
  state_.agency_tls = agency;
  state_.service_tls = service;
}

void Gateway::AddShard(int fd, const std::vector<const Method*>& methods) {
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
      TrailLimits(state_.config.limits()));
  raw->telemetry = std::make_unique<Telemetry>(methods);
  raw->loop.Defer(
      [this, raw, fd] { AcceptWhenReady(raw, fd, std::chrono::steady_clock::now() + kOpenAnyway); });
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
    AddShard(fd, methods);
  }
  Shard* first = shards_.front().get();
  if (state_.config.unsafe_policy_file().empty()) {
    first->upstreams[state_.policy_backend]->WhenReady([this, first] { Watch(first); });
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
  if (!state_.policy.Fresh(Millis(state_.config.limits().policy_max_age_ms()))) return false;
  for (const auto& [name, upstream] : shard.upstreams) {
    if (!upstream->ready()) return false;
  }
  return true;
}

void Gateway::AcceptWhenReady(Shard* shard, int fd, SteadyTime until) {
  if (UpstreamsReady(*shard) || std::chrono::steady_clock::now() >= until) {
    return Listen(shard, fd);
  }
  shard->loop.After(Millis(5), [this, shard, fd, until] { AcceptWhenReady(shard, fd, until); });
}

void Gateway::Listen(Shard* shard, int fd) {
  shard->listening = shard->loop.Watch(fd, EPOLLIN, [this, shard, fd](uint32_t) { Accept(shard, fd); });
}

void Gateway::ListenLater(Shard* shard, int fd) {
  shard->loop.Forget(shard->listening, fd);
  shard->loop.After(kWithoutDescriptor, [this, shard, fd] { Listen(shard, fd); });
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
  const bool fresh = state_.policy.Fresh(Millis(state_.config.limits().policy_max_age_ms()));
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

bool Gateway::MakeRoom(Shard* shard, const std::string& address) {
  Connection* const stranger =
      WhoMakesWay(shard->strangers, address.empty() ? MostCrowded(shard->strangers) : address);
  if (stranger == nullptr) return false;
  ++shard->telemetry->connections_refused;
  const auto found = shard->connections.find(stranger->id());
  const std::shared_ptr<Connection> evicted = found->second;
  shard->connections.erase(found);
  // Another connection may take its place at once. The object itself lives until the loop no longer uses it.
  evicted->Evict();
  return true;
}

bool Gateway::Admit(Shard* shard, const std::string& address) {
  using Room = ConnectionLedger::Room;
  if (shard->draining) return false;
  const auto& limits = state_.config.limits();
  const std::size_t loops = shards_.size();
  if (shard->strangers.size() >= static_cast<std::size_t>(limits.max_handshakes()) / loops + 1)
    MakeRoom(shard, "");
  const auto same = std::count_if(shard->strangers.begin(), shard->strangers.end(),
                                  [&](const Connection* each) { return each->address() == address; });
  if (static_cast<std::size_t>(same) >= static_cast<std::size_t>(limits.address_handshakes()) / loops + 1) {
    MakeRoom(shard, address);
  }
  Room room = state_.connections->EnterAddress(address);
  if (room != Room::kYes && MakeRoom(shard, room == Room::kFull ? "" : address)) {
    room = state_.connections->EnterAddress(address);
  }
  return room == Room::kYes;
}

void Gateway::Accept(Shard* shard, int fd) {
  for (int i = 0; i < 16; ++i) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    const int accepted =
        ::accept4(fd, reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (accepted < 0) {
      const bool without = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
      // The listener would be ready for ever, and the loop do nothing else. Whoever makes room gives its
      // descriptor back when this turn ends.
      if (without && !MakeRoom(shard, "")) ListenLater(shard, fd);
      return;
    }
    const std::string address = AddressOf(peer);
    if (!Admit(shard, address)) {
      ++shard->telemetry->connections_refused;
      ::close(accepted);
      continue;
    }
    const int on = 1;
    ::setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const uint64_t id = shard->next_connection++;
    auto connection = std::make_shared<Connection>(shard, id, address);
    shard->connections[id] = connection;
    connection->Open(accepted);
  }
}

void Gateway::Watch(Shard* shard, Begin begin) {
  if (watch_ != nullptr) watch_->Abandon();
  registry::v1::WatchPolicyRequest request;
  if (begin == Begin::kWhereItWas) {
    const auto table = state_.policy.table();
    request.set_epoch(table->epoch());
    request.set_after_version(table->version());
  }
  watch_ = InternalCall::Start(
      shard->upstreams[state_.policy_backend].get(), "/accord.registry.v1.PolicyService/WatchPolicy",
      request.SerializeAsString(), Millis(0),
      [this, shard](std::string_view message) {
        registry::v1::PolicyUpdate update;
        if (!update.ParseFromArray(message.data(), static_cast<int>(message.size()))) return;
        const Policy::News news = state_.policy.Take(update);
        if (news == Policy::News::kNone) return;
        if (news == Policy::News::kDiverged) {
          LogError("policy_diverged", {{"version", update.version()}});
          // It asks for everything anew, and more seldom if that did not help.
          shard->loop.After(update.reset() ? Millis(5000) : Millis(200),
                            [this, shard] { Watch(shard, Begin::kAnew); });
        }
        for (auto& each : shards_) {
          each->loop.Post([raw = each.get()] { RecheckSoon(raw); });
        }
      },
      [this, shard](int code) {
        LogWarning("policy_watch_ended", {{"code", code}});
        // A lost connection calls again through WhenReady; a refused stream is tried again here.
        shard->loop.After(Millis(500), [this, shard] {
          if (shard->upstreams[state_.policy_backend]->ready()) Watch(shard);
        });
      });
}

void Gateway::ReloadLater(Shard* shard) {
  shard->loop.After(Millis(1000), [this, shard] {
    const std::string stamp =
        FilesStamp(state_.config.agency_tls()) + FilesStamp(state_.config.service_tls());
    if (stamp != stamp_) {
      // A half-written pair is refused here and looked at again in a second; the old one stays in use.
      auto agency = ServerContext(state_.config.agency_tls());
      auto service = ClientContext(state_.config.service_tls());
      if (agency.ok() && service.ok()) {
        TakeContexts(*agency, *service);
        stamp_ = stamp;
        ++reloads_;
        LogInfo("certificates_reloaded");
      }
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
  watch_.reset();
  for (auto& shard : shards_) {
    shard->connections.clear();
    shard->orphans.clear();
    shard->audit.reset();
    shard->upstreams.clear();
  }
  shards_.clear();
  for (const int fd : listeners_) ::close(fd);
  listeners_.clear();
}

Gateway::~Gateway() {
  if (!shards_.empty()) Stop();
}

}  // namespace accord::gateway
