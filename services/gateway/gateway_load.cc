#include "services/gateway/gateway_load.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/registry_references.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/text_proto.h"
#include "common/base/trust_domain.h"
#include "services/gateway/http2/sockets.h"
#include "services/gateway/http2/tls.h"

namespace accord::gateway {
namespace {

constexpr char kAuditWriter[] = "accord.audit.v1.AuditWriterService";
constexpr char kPolicyService[] = "accord.registry.v1.PolicyService";
// New connections of one agency have this many bursts of frames between them.
constexpr double kBurstsOfAgency = 8;

absl::Status RefuseConfig(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("configuration: ", what));
}

void SetDefaultLimits(v1::Limits* limits) {
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

absl::Status LoadService(const std::string& backend, const std::string& service, GatewayState* state) {
  std::string* singular = service == kAuditWriter     ? &state->audit_backend
                          : service == kPolicyService ? &state->policy_backend
                                                      : nullptr;
  if (singular != nullptr && !singular->empty()) return RefuseConfig("two backends carry " + service);
  if (singular != nullptr) *singular = backend;
  state->services[service] = backend;
  auto methods = MethodsOf(service);
  if (!methods.ok()) return methods.status();
  for (Method& method : *methods) {
    const std::string path = method.path;
    const std::size_t largest = method.max_request_bytes();
    const bool names =
        method.unary() && method.rule.mutates() && HasReferences(*method.descriptor->input_type());
    if (!state->routes.try_emplace(path, Route{std::move(method), backend, largest, names}).second) {
      return RefuseConfig("two backends carry " + service);
    }
  }
  return absl::OkStatus();
}

absl::Status LoadBackends(const v1::GatewayConfig& config, GatewayState* state) {
  bool loopback = IsLoopback(config.listen());
  for (const auto& backend : config.backends()) {
    loopback = loopback && IsLoopback(backend.address());
    for (const std::string& pattern : backend.services()) {
      for (const std::string& service : ServicesNamed(pattern, AllServices(true))) {
        ACCORD_RETURN_IF_ERROR(LoadService(backend.name(), service, state));
      }
    }
  }
  if ((config.unsafe_audit_off() || !config.unsafe_policy_file().empty()) && !loopback) {
    return RefuseConfig("unsafe_audit_off and unsafe_policy_file need every address to be loopback");
  }
  if (!config.unsafe_audit_off() && state->audit_backend.empty())
    return RefuseConfig("no backend carries AuditWriterService");
  if (config.unsafe_policy_file().empty() && state->policy_backend.empty()) {
    return RefuseConfig("no backend carries PolicyService");
  }
  return absl::OkStatus();
}

// This loads the keys and the certificates, and opens the access log.
absl::Status LoadFiles(const v1::GatewayConfig& config, GatewayState* state) {
  ACCORD_ASSIGN_OR_RETURN(const std::string pem, ReadFile(config.assertion_key_file()));
  ACCORD_ASSIGN_OR_RETURN(state->assertion_key, LoadPrivateKey(pem));
  ACCORD_ASSIGN_OR_RETURN(state->hash_key, ReadFile(config.audit_hash_key_file()));
  if (state->hash_key.size() < 32) return RefuseConfig("audit_hash_key_file needs 32 bytes or more");
  ACCORD_RETURN_IF_ERROR(LoadCertificates(state));
  if (!config.access_log_file().empty()) {
    ACCORD_ASSIGN_OR_RETURN(state->access_log, AccessLog::Open(config.access_log_file()));
  }
  return absl::OkStatus();
}

void LoadBudgets(GatewayState* state) {
  const auto& limits = state->config.limits();
  state->quota = std::make_unique<Quota>(Quota::Limits{.calls_per_second = limits.agency_calls_per_second(),
                                                       .burst = limits.agency_burst(),
                                                       .open_calls = limits.agency_open_calls()});
  state->misses = std::make_unique<MissBudget>(limits.agency_misses_per_minute());
  state->connections = std::make_unique<ConnectionLedger>(
      ConnectionLedger::Limits{.all = limits.max_connections(),
                               .address = limits.address_connections(),
                               .agency = limits.agency_connections(),
                               .frames = kBurstsOfAgency * limits.frame_burst(),
                               .frames_per_second = limits.frames_per_second()});
  state->refusals = std::make_unique<RefusalAggregator>(limits.agency_refusals_per_minute());
  state->byte_limits = {.connection = limits.connection_bytes(),
                        .agency = limits.agency_bytes(),
                        .process = limits.process_bytes()};
}

}  // namespace

std::string CertificatesStamp(const v1::GatewayConfig& config) {
  return TlsFilesStamp(config.agency_tls()) + TlsFilesStamp(config.service_tls());
}

absl::Status LoadCertificates(GatewayState* state) {
  ACCORD_ASSIGN_OR_RETURN(TlsContext agency, ServerContext(state->config.agency_tls()));
  ACCORD_ASSIGN_OR_RETURN(TlsContext service, ClientContext(state->config.service_tls()));
  state->own_fingerprint = std::make_shared<const std::string>(ContextFingerprint(agency.get()));
  state->agency_tls = agency;
  state->service_tls = service;
  return absl::OkStatus();
}

absl::Status LoadState(const v1::GatewayConfig& config, GatewayState* state) {
  state->config = config;
  SetDefaultLimits(state->config.mutable_limits());
  if (config.listen().empty() || config.name().empty()) return RefuseConfig("listen and name are required");
  ACCORD_ASSIGN_OR_RETURN(state->service_prefix, ServicePrefix(config.trust_domain()));
  ACCORD_RETURN_IF_ERROR(LoadBackends(config, state));
  ACCORD_RETURN_IF_ERROR(LoadFiles(config, state));
  LoadBudgets(state);
  if (!config.unsafe_policy_file().empty()) {
    registry::v1::PolicyUpdate update;
    ACCORD_RETURN_IF_ERROR(ReadTextProto(config.unsafe_policy_file(), &update));
    state->policy.Take(update);
    state->policy.Pin();
  }
  return absl::OkStatus();
}

}  // namespace accord::gateway
