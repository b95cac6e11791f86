// This is what all loops of a gateway share.
#ifndef ACCORD_SERVICES_GATEWAY_CALLS_GATEWAY_STATE_H_
#define ACCORD_SERVICES_GATEWAY_CALLS_GATEWAY_STATE_H_

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <unordered_map>

#include "accord/gateway/v1/config.pb.h"
#include "common/access/assertion.h"
#include "common/access/method.h"
#include "services/gateway/admission/byte_reservation.h"
#include "services/gateway/admission/connection_ledger.h"
#include "services/gateway/admission/miss_budget.h"
#include "services/gateway/admission/policy.h"
#include "services/gateway/admission/quota.h"
#include "services/gateway/http2/tls.h"
#include "services/gateway/observe/access_log.h"
#include "services/gateway/observe/refusal_aggregator.h"
#include "services/gateway/observe/telemetry.h"

namespace accord::gateway {

struct Route {
  Method method;
  std::string backend;
  std::size_t max_request_bytes;
  // It is true if the request of this method makes a change and can name agencies and people, who have
  // to exist.
  bool names_somebody;
};

// The state is immutable after the start, except for what locks or is atomic.
struct GatewayState {
  v1::GatewayConfig config;
  std::unordered_map<std::string, Route> routes;
  // The backend of each gRPC service stands under the name of the service.
  std::unordered_map<std::string, std::string> services;
  // This is the beginning of the URI in a service's certificate, to which the name of the service is added.
  std::string service_prefix;
  std::string audit_backend;
  std::string policy_backend;
  Key assertion_key;
  std::string hash_key;
  Policy policy;
  std::unique_ptr<Quota> quota;
  std::unique_ptr<MissBudget> misses;
  std::unique_ptr<ConnectionLedger> connections;
  std::unique_ptr<RefusalAggregator> refusals;
  ByteLimits byte_limits;
  ByteCount held_bytes{0};
  std::atomic<TlsContext> agency_tls;
  // This is the fingerprint of the certificate in `service_tls`.
  std::atomic<std::shared_ptr<const std::string>> own_fingerprint;
  std::atomic<TlsContext> service_tls;
  // No access log is written if this is null.
  std::unique_ptr<AccessLog> access_log;

  // This says whether the registry was heard so lately that calls may be decided by its policy.
  bool PolicyIsFresh() const {
    return policy.Fresh(std::chrono::milliseconds(config.limits().policy_max_age_ms()));
  }
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_CALLS_GATEWAY_STATE_H_
