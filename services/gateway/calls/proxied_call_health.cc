// A ProxiedCall that asks for health is answered here, by the gateway itself.
#include <string>
#include <string_view>

#include "common/base/error.h"
#include "services/gateway/calls/connection.h"

namespace accord::gateway {

bool ProxiedCall::IsHealth() const { return route_ == nullptr; }

// Answers grpc.health.v1 for the gateway itself (if no service is named), or for one service behind it.
void ProxiedCall::AnswerHealth() {
  const GatewayState& gateway = *shard_->gateway;
  const bool whole = pending_.size() >= 5 && pending_[0] == 0 && pending_.size() < 128;
  // A HealthCheckRequest{service = 1} is empty, or is a tag, a length and the name.
  const std::string_view request = whole ? std::string_view(pending_).substr(5) : std::string_view();
  const std::string service(request.size() > 2 && request[0] == '\x0a' ? request.substr(2)
                                                                       : std::string_view());
  bool serving = gateway.PolicyIsFresh() && shard_->audit->Reachable() && !shard_->draining;
  if (!service.empty()) {
    const auto backend = gateway.services.find(service);
    if (backend == gateway.services.end()) {
      return Refuse(accord::Refuse(rules::kServiceUnknown, "There is no such service."));
    }
    const auto upstream = shard_->upstreams.find(backend->second);
    serving = serving && upstream != shard_->upstreams.end() && upstream->second->ready();
  }
  stage_ = Stage::kDone;
  const char answer[] = {0, 0, 0, 0, 2, 8, static_cast<char>(serving ? 1 : 2)};
  agency_->Respond(stream_, AnswerHeaders({{":status", "200"}, {"content-type", "application/grpc"}}), false);
  agency_->Write(stream_, std::string_view(answer, sizeof answer));
  agency_->Finish(stream_, {{"grpc-status", "0"}});
}

}  // namespace accord::gateway
