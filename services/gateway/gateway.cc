#include "services/gateway/gateway.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/access/named.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/log.h"
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
#undef ACCORD_DEFAULT
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
  std::string* singular = service == kAuditWriter     ? &door_.audit_backend
                          : service == kPolicyService ? &door_.policy_backend
                                                      : nullptr;
  if (singular != nullptr && !singular->empty()) return WrongConfig("two backends carry " + service);
  if (singular != nullptr) *singular = backend;
  door_.services[service] = backend;
  auto methods = MethodsOf(service);
  if (!methods.ok()) return methods.status();
  for (Method& method : *methods) {
    const std::string path = method.path;
    const std::size_t largest = method.max_request_bytes();
    const bool names = method.unary() && method.rule.mutates() && CanName(*method.descriptor->input_type());
    if (!door_.routes.try_emplace(path, Route{std::move(method), backend, largest, names}).second) {
      return WrongConfig("two backends carry " + service);
    }
  }
  return absl::OkStatus();
}

absl::Status Gateway::Load(const v1::GatewayConfig& config) {
  door_.config = config;
  Default(door_.config.mutable_limits());
  const auto& limits = door_.config.limits();
  if (config.listen().empty() || config.name().empty()) return WrongConfig("listen and name are required");
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
  if (!config.unsafe_audit_off() && door_.audit_backend.empty())
    return WrongConfig("no backend carries AuditWriterService");
  if (config.unsafe_policy_file().empty() && door_.policy_backend.empty()) {
    return WrongConfig("no backend carries PolicyService");
  }
  ACCORD_ASSIGN_OR_RETURN(const std::string pem, ReadFile(config.assertion_key_file()));
  ACCORD_ASSIGN_OR_RETURN(door_.assertion_key, LoadPrivateKey(pem));
  ACCORD_ASSIGN_OR_RETURN(door_.hash_key, ReadFile(config.audit_hash_key_file()));
  if (door_.hash_key.size() < 32) return WrongConfig("audit_hash_key_file needs 32 bytes or more");
  stamp_ = FilesStamp(config.agency_tls()) + FilesStamp(config.service_tls());
  ACCORD_ASSIGN_OR_RETURN(TlsContext agency, ServerContext(config.agency_tls()));
  ACCORD_ASSIGN_OR_RETURN(TlsContext service, ClientContext(config.service_tls()));
  TakeContexts(agency, service);
  if (!config.access_log_file().empty()) {
    ACCORD_ASSIGN_OR_RETURN(door_.access_log, AccessLog::Open(config.access_log_file()));
  }
  door_.quota = std::make_unique<Quota>(Quota::Limits{.calls_per_second = limits.agency_calls_per_second(),
                                                      .burst = limits.agency_burst(),
                                                      .open_calls = limits.agency_open_calls()});
  door_.connections = std::make_unique<ConnectionLedger>(
      ConnectionLedger::Limits{.all = limits.max_connections(),
                               .address = limits.address_connections(),
                               .agency = limits.agency_connections(),
                               .frames = kBurstsOfAgency * limits.frame_burst(),
                               .frames_per_second = limits.frames_per_second()});
  door_.refusals = std::make_unique<RefusalBook>(limits.agency_refusals_per_minute());
  door_.byte_limits = {.connection = limits.connection_bytes(),
                       .agency = limits.agency_bytes(),
                       .process = limits.process_bytes()};
  if (!config.unsafe_policy_file().empty()) {
    registry::v1::PolicyUpdate update;
    ACCORD_RETURN_IF_ERROR(ReadTextProto(config.unsafe_policy_file(), &update));
    door_.policy.Take(update);
    door_.policy.Pin();
  }
  return absl::OkStatus();
}

void Gateway::TakeContexts(const TlsContext& agency, const TlsContext& service) {
  door_.own_fingerprint = std::make_shared<const std::string>(FingerprintOf(agency.get()));
  door_.agency_tls = agency;
  door_.service_tls = service;
}

absl::Status Gateway::Start() {
  std::signal(SIGPIPE, SIG_IGN);
  const int configured = door_.config.loops();
  const int count =
      configured > 0 ? configured : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  std::vector<const Method*> methods;
  for (const auto& [path, route] : door_.routes) methods.push_back(&route.method);
  for (int i = 0; i < count; ++i) {
    const int fd = ListenOn(door_.config.listen(), &port_);
    if (fd < 0) return absl::UnavailableError("cannot listen on " + door_.config.listen());
    listeners_.push_back(fd);
    auto floor = std::make_unique<Floor>(&door_);
    Floor* raw = floor.get();
    for (const auto& backend : door_.config.backends()) {
      auto upstream =
          std::make_unique<Upstream>(&raw->loop, backend, Millis(door_.config.limits().service_ping_ms()),
                                     [door = &door_] { return door->service_tls.load(); });
      upstream->Connect();
      raw->upstreams[backend.name()] = std::move(upstream);
    }
    raw->audit = std::make_unique<AuditTrail>(
        &raw->loop, door_.config.unsafe_audit_off() ? nullptr : raw->upstreams[door_.audit_backend].get(),
        AuditTrail::Limits{.records = static_cast<std::size_t>(door_.config.limits().audit_records()),
                           .bytes = static_cast<std::size_t>(door_.config.limits().audit_bytes())});
    raw->telemetry = std::make_unique<Telemetry>(methods);
    raw->loop.Defer([this, raw, fd] { OpenDoor(raw, fd, std::chrono::steady_clock::now() + kOpenAnyway); });
    Tick(raw);
    floors_.push_back(std::move(floor));
  }
  Floor* first = floors_.front().get();
  if (door_.config.unsafe_policy_file().empty()) {
    first->upstreams[door_.policy_backend]->WhenReady([this, first] { Watch(first); });
  }
  ReloadLater(first);
  if (!door_.config.metrics_listen().empty()) {
    std::vector<const Telemetry*> loops;
    for (const auto& floor : floors_) loops.push_back(floor->telemetry.get());
    auto page = std::make_shared<MetricsPage>(
        std::move(loops), [this] { return door_.policy.AgeSeconds(); },
        [this] { return static_cast<double>(door_.held_bytes.load()); });
    ACCORD_ASSIGN_OR_RETURN(metrics_, MetricsServer::Start(door_.config.metrics_listen(), std::move(page)));
  }
  for (auto& floor : floors_) threads_.emplace_back([raw = floor.get()] { raw->loop.Run(); });
  return absl::OkStatus();
}

bool Gateway::WayIsFree(const Floor& floor) const {
  if (!door_.policy.Fresh(Millis(door_.config.limits().policy_max_age_ms()))) return false;
  for (const auto& [name, upstream] : floor.upstreams) {
    if (!upstream->ready()) return false;
  }
  return true;
}

void Gateway::OpenDoor(Floor* floor, int fd, SteadyTime until) {
  if (WayIsFree(*floor) || std::chrono::steady_clock::now() >= until) {
    floor->loop.Watch(fd, EPOLLIN, [this, floor, fd](uint32_t) { Accept(floor, fd); });
    return;
  }
  floor->loop.After(Millis(5), [this, floor, fd, until] { OpenDoor(floor, fd, until); });
}

void Gateway::RecheckSoon(Floor* floor) {
  if (std::exchange(floor->recheck_planned, true)) return;
  const SteadyTime now = std::chrono::steady_clock::now();
  const SteadyTime next = floor->rechecked + kBetweenRechecks;
  const Millis wait = next > now ? std::chrono::ceil<Millis>(next - now) : Millis(0);
  floor->loop.After(wait, [floor] {
    floor->recheck_planned = false;
    Recheck(floor);
  });
}

void Gateway::Recheck(Floor* floor) {
  floor->rechecked = std::chrono::steady_clock::now();
  const auto connections = floor->connections;
  for (const auto& [id, connection] : connections) connection->Recheck();
}

void Gateway::Tick(Floor* floor) {
  const SteadyTime now = std::chrono::steady_clock::now();
  floor->telemetry->connections = floor->connections.size();
  floor->telemetry->strangers = floor->strangers.size();
  floor->telemetry->orphans = floor->orphans.size();
  floor->telemetry->audit_waiting = floor->audit->waiting();
  floor->telemetry->audit_owed = floor->audit->owed();
  for (const auto& [id, connection] : floor->connections) connection->Tick(now);
  for (const auto& [name, upstream] : floor->upstreams) upstream->Tick(now);
  RecordRefusals(floor, now, false);
  // An agency's last day ends, and a policy grows old, without any news of it.
  const absl::CivilDay today = OntarioDay(absl::Now());
  const bool fresh = door_.policy.Fresh(Millis(door_.config.limits().policy_max_age_ms()));
  if (today != std::exchange(floor->day, today) || !fresh) Recheck(floor);
  if (door_.access_log != nullptr) door_.access_log->Flush();
  floor->loop.After(Millis(1000), [this, floor] { Tick(floor); });
}

uint64_t Gateway::open_calls() const {
  uint64_t open = 0;
  for (const auto& floor : floors_) open += floor->telemetry->open_calls;
  return open;
}

void Gateway::Age(const std::string& backend, int32_t next_stream) {
  for (auto& each : floors_) {
    each->loop.Post([raw = each.get(), backend, next_stream] { raw->upstreams[backend]->Age(next_stream); });
  }
}

void Gateway::ReopenLog() {
  if (door_.access_log != nullptr) door_.access_log->Reopen();
}

void Gateway::RecordRefusals(Floor* floor, SteadyTime now, bool ending) {
  for (auto& record : door_.refusals->Due(now, ending))
    floor->audit->Append({std::move(record)}, false, nullptr);
}

bool Gateway::MakeRoom(Floor* floor, const std::string& address) {
  for (Connection* stranger : floor->strangers) {
    if (!address.empty() && stranger->address() != address) continue;
    ++floor->telemetry->connections_refused;
    const auto found = floor->connections.find(stranger->id());
    const std::shared_ptr<Connection> oldest = found->second;
    floor->connections.erase(found);
    // Its place is free at once; the rest of it goes when the loop is done with it.
    oldest->Evict();
    return true;
  }
  return false;
}

bool Gateway::Admit(Floor* floor, const std::string& address) {
  using Room = ConnectionLedger::Room;
  if (floor->draining) return false;
  const auto& limits = door_.config.limits();
  const std::size_t loops = floors_.size();
  if (floor->strangers.size() >= static_cast<std::size_t>(limits.max_handshakes()) / loops + 1)
    MakeRoom(floor, "");
  const auto same = std::count_if(floor->strangers.begin(), floor->strangers.end(),
                                  [&](const Connection* each) { return each->address() == address; });
  if (static_cast<std::size_t>(same) >= static_cast<std::size_t>(limits.address_handshakes()) / loops + 1) {
    MakeRoom(floor, address);
  }
  Room room = door_.connections->EnterAddress(address);
  if (room != Room::kYes && MakeRoom(floor, room == Room::kFull ? "" : address)) {
    room = door_.connections->EnterAddress(address);
  }
  return room == Room::kYes;
}

void Gateway::Accept(Floor* floor, int fd) {
  for (int i = 0; i < 16; ++i) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    const int accepted =
        ::accept4(fd, reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (accepted < 0) {
      // Without a descriptor to spare the listener would be ready for ever, and nobody served.
      if ((errno == EMFILE || errno == ENFILE) && MakeRoom(floor, "")) continue;
      return;
    }
    const std::string address = AddressOf(peer);
    if (!Admit(floor, address)) {
      ++floor->telemetry->connections_refused;
      ::close(accepted);
      continue;
    }
    const int on = 1;
    ::setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const uint64_t id = floor->next_connection++;
    auto connection = std::make_shared<Connection>(floor, id, address);
    floor->connections[id] = connection;
    connection->Open(accepted);
  }
}

void Gateway::Watch(Floor* floor, Begin begin) {
  if (watch_ != nullptr) watch_->Abandon();
  registry::v1::WatchPolicyRequest request;
  if (begin == Begin::kWhereItWas) {
    const auto table = door_.policy.table();
    request.set_epoch(table->epoch());
    request.set_after_version(table->version());
  }
  watch_ = InternalCall::Start(
      floor->upstreams[door_.policy_backend].get(), "/accord.registry.v1.PolicyService/WatchPolicy",
      request.SerializeAsString(), Millis(0),
      [this, floor](std::string_view message) {
        registry::v1::PolicyUpdate update;
        if (!update.ParseFromArray(message.data(), static_cast<int>(message.size()))) return;
        const Policy::News news = door_.policy.Take(update);
        if (news == Policy::News::kNone) return;
        if (news == Policy::News::kDiverged) {
          LogError("policy_diverged", {{"version", update.version()}});
          // Everything anew, and more seldom if that did not help.
          floor->loop.After(update.reset() ? Millis(5000) : Millis(200),
                            [this, floor] { Watch(floor, Begin::kAnew); });
        }
        for (auto& each : floors_) {
          each->loop.Post([raw = each.get()] { RecheckSoon(raw); });
        }
      },
      [this, floor](int code) {
        LogWarning("policy_watch_ended", {{"code", code}});
        // A lost connection calls again through WhenReady; a refused stream is tried again here.
        floor->loop.After(Millis(500), [this, floor] {
          if (floor->upstreams[door_.policy_backend]->ready()) Watch(floor);
        });
      });
}

void Gateway::ReloadLater(Floor* floor) {
  floor->loop.After(Millis(1000), [this, floor] {
    const std::string stamp = FilesStamp(door_.config.agency_tls()) + FilesStamp(door_.config.service_tls());
    if (stamp != stamp_) {
      // A half-written pair is refused here and looked at again in a second; the old one stays in use.
      auto agency = ServerContext(door_.config.agency_tls());
      auto service = ClientContext(door_.config.service_tls());
      if (agency.ok() && service.ok()) {
        TakeContexts(*agency, *service);
        stamp_ = stamp;
        ++reloads_;
        LogInfo("certificates_reloaded");
      }
    }
    ReloadLater(floor);
  });
}

void Gateway::DrainStep(Floor* floor, SteadyTime until) {
  const SteadyTime now = std::chrono::steady_clock::now();
  RecordRefusals(floor, now, true);
  const bool empty = floor->connections.empty() && floor->orphans.empty() &&
                     floor->audit->waiting() + floor->audit->owed() == 0;
  if (empty || now >= until) return floor->loop.Stop();
  floor->loop.After(Millis(20), [this, floor, until] { DrainStep(floor, until); });
}

void Gateway::Stop() {
  const SteadyTime until = std::chrono::steady_clock::now() + Millis(door_.config.limits().drain_ms());
  for (auto& each : floors_) {
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
  for (auto& floor : floors_) {
    floor->connections.clear();
    floor->orphans.clear();
    floor->audit.reset();
    floor->upstreams.clear();
  }
  floors_.clear();
  for (const int fd : listeners_) ::close(fd);
  listeners_.clear();
}

Gateway::~Gateway() {
  if (!floors_.empty()) Stop();
}

}  // namespace accord::gateway
