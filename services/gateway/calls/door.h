// What all loops of a gateway share, and what one loop owns.
#ifndef ACCORD_SERVICES_GATEWAY_CALLS_DOOR_H_
#define ACCORD_SERVICES_GATEWAY_CALLS_DOOR_H_

#include <list>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "accord/gateway/v1/config.pb.h"
#include "common/access/assertion.h"
#include "common/access/method.h"
#include "services/gateway/admission/connection_ledger.h"
#include "services/gateway/admission/holding.h"
#include "services/gateway/admission/policy.h"
#include "services/gateway/admission/quota.h"
#include "services/gateway/observe/audit_trail.h"
#include "services/gateway/observe/refusal_book.h"
#include "services/gateway/observe/telemetry.h"

namespace accord::gateway {

struct Route {
  Method method;
  std::string backend;
  std::size_t max_request_bytes;
  // Its request, for a change, can name agencies and people, who have to exist.
  bool names_somebody;
};

// Immutable after the start except for what locks or is atomic.
struct Door {
  v1::GatewayConfig config;
  std::unordered_map<std::string, Route> routes;
  // gRPC service -> backend.
  std::unordered_map<std::string, std::string> services;
  std::string audit_backend;
  std::string policy_backend;
  Key assertion_key;
  std::string hash_key;
  Policy policy;
  std::unique_ptr<Quota> quota;
  std::unique_ptr<ConnectionLedger> connections;
  std::unique_ptr<RefusalBook> refusals;
  ByteLimits byte_limits;
  ByteCount held_bytes{0};
  std::atomic<TlsContext> agency_tls;
  // This is the fingerprint of the certificate in `service_tls`.
  std::atomic<std::shared_ptr<const std::string>> own_fingerprint;
  std::atomic<TlsContext> service_tls;
  // No access log is written if this is null.
  std::unique_ptr<AccessLog> access_log;
};

class Call;
class Connection;

// One thread's share: its connections to services, its audit trail, its agencies' connections.
struct Floor {
  explicit Floor(Door* shared) : door(shared) {}

  Door* door;
  EventLoop loop;
  std::map<std::string, std::unique_ptr<Upstream>> upstreams;
  std::unique_ptr<AuditTrail> audit;
  std::unique_ptr<Telemetry> telemetry;
  std::unordered_map<uint64_t, std::shared_ptr<Connection>> connections;
  // Those of them that have shown no active certificate yet, the oldest first.
  std::list<Connection*> strangers;
  // Calls whose caller left, on their way to their end.
  std::unordered_set<std::shared_ptr<Call>> orphans;
  uint64_t next_connection = 1;
  bool draining = false;
  // The last time that open calls were held against the policy, and whether it is to be done again.
  SteadyTime rechecked = SteadyTime::min();
  bool recheck_planned = false;
  absl::CivilDay day;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_CALLS_DOOR_H_
