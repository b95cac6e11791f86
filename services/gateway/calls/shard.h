// This is what one loop of a gateway owns.
#ifndef ACCORD_SERVICES_GATEWAY_CALLS_SHARD_H_
#define ACCORD_SERVICES_GATEWAY_CALLS_SHARD_H_

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "absl/time/civil_time.h"
#include "services/gateway/calls/gateway_state.h"
#include "services/gateway/http2/event_loop.h"
#include "services/gateway/http2/upstream.h"
#include "services/gateway/observe/audit_trail.h"
#include "services/gateway/observe/telemetry.h"

namespace accord::gateway {

class ProxiedCall;
class Connection;

// A shard is one thread's share: its connections to services, its audit trail, its agencies' connections.
struct Shard {
  explicit Shard(GatewayState* shared) : gateway(shared) {}

  GatewayState* gateway;
  EventLoop loop;
  std::map<std::string, std::unique_ptr<Upstream>> upstreams;
  std::unique_ptr<AuditTrail> audit;
  std::unique_ptr<Telemetry> telemetry;
  std::unordered_map<uint64_t, std::shared_ptr<Connection>> connections;
  // These are the connections that have shown no active certificate yet, the oldest first.
  std::list<Connection*> strangers;
  // These calls are still running although their caller left.
  std::unordered_set<std::shared_ptr<ProxiedCall>> orphans;
  uint64_t next_connection = 1;
  // This is what watches the listening descriptor.
  uint64_t listening = 0;
  bool draining = false;
  // This says when open calls were last checked against the policy, and the next member whether another check
  // is planned.
  SteadyTime rechecked = SteadyTime::min();
  bool recheck_planned = false;
  absl::CivilDay day;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_CALLS_SHARD_H_
