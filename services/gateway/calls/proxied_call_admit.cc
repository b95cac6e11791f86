// The first part of a ProxiedCall determines the caller, the method, the person and the deadline, or the rule
// that refuses the call.
#include <algorithm>
#include <set>
#include <utility>

#include "absl/time/clock.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/gateway/calls/connection.h"
#include "services/gateway/calls/pseudonym.h"

namespace accord::gateway {
namespace {

constexpr char kHealth[] = "/grpc.health.v1.Health/Check";

absl::Status RefuseToAdmitByStalePolicy() {
  return accord::Refuse(rules::kPolicyStale, "The registry has not been heard; try again later.");
}

absl::Status RefuseToAdmitOtherRoles() {
  return accord::Refuse(
      rules::kRolesChanged,
      "The person has other roles now, or the agency is of another kind: open the stream again.");
}

}  // namespace

void ProxiedCall::Start(Headers headers, bool oversize) {
  start_ = std::chrono::steady_clock::now();
  request_headers_ = std::move(headers);
  Identify();
  const absl::Status status = Admit(oversize);
  // Headers are freed in any case: they are 16 KiB, and more in memory.
  request_headers_ = Headers();
  if (!status.ok()) return Refuse(status);
  stage_ = IsHealth() ? Stage::kHealth : Stage::kAdmitted;
  SetDeadline();
}

void ProxiedCall::Identify() {
  const GatewayState& gateway = *shard_->gateway;
  caller_.language = CallLanguageOf(request_headers_);
  if (peer_->identity) {
    caller_.agency = peer_->identity->agency;
    caller_.system = peer_->identity->system;
  }
  if (const std::string* path = FindHeader(request_headers_, ":path")) {
    const auto route = gateway.routes.find(*path);
    if (route != gateway.routes.end()) {
      route_ = &route->second;
      method_ = *path;
    } else {
      method_ = *path == kHealth ? kHealth : Pseudonym("unknown", *path, gateway.hash_key);
    }
  }
  if (const std::string* actor = FindHeader(request_headers_, kActorHeader)) {
    const bool registered = gateway.policy.table()->FindActor(caller_.agency, *actor) != nullptr;
    actor_ = registered ? *actor : Pseudonym("unregistered", *actor, gateway.hash_key);
  }
}

absl::Status ProxiedCall::AdmitConnection(const PolicyTable& table, std::size_t header_bytes) {
  GatewayState& gateway = *shard_->gateway;
  if (peer_->of_other_realm) {
    return accord::Refuse(rules::kCertificateOfOtherRealm,
                          "Certificates for training and for real records open their own gateways alone.");
  }
  if (!peer_->identity) {
    return accord::Refuse(rules::kCertificateIdentity,
                          "The certificate must carry exactly one URI that names an agency's system.");
  }
  if (!gateway.PolicyIsFresh()) return RefuseToAdmitByStalePolicy();
  ACCORD_RETURN_IF_ERROR(peer_->refused);
  ACCORD_RETURN_IF_ERROR(table.CheckCertificate(*peer_->identity, peer_->fingerprint, shard_->day));
  caller_.kind = table.KindOf(caller_.agency);
  Millis rest(0);
  const auto place = gateway.quota->Enter(caller_.agency, start_, Quota::CallsOf(header_bytes), &rest);
  if (rest.count() > 0) agency_->Rest(rest);
  ACCORD_ASSIGN_OR_RETURN(quota_, place);
  reservation_.Join(peer_->held, &quota_->bytes);
  return absl::OkStatus();
}

absl::Status ProxiedCall::Admit(bool oversize) {
  GatewayState& gateway = *shard_->gateway;
  const auto table = gateway.policy.table();
  const bool health = route_ == nullptr && method_ == kHealth;
  // An oversized request counts as calls before it is refused, because it costs the most to read. Only those
  // of its headers are kept that are within the limit.
  const std::size_t header_bytes = oversize
                                       ? static_cast<std::size_t>(gateway.config.limits().max_header_bytes())
                                       : HeaderListSize(request_headers_);
  if (!(health && peer_->self)) ACCORD_RETURN_IF_ERROR(AdmitConnection(*table, header_bytes));
  if (oversize) {
    return accord::Refuse(rules::kHeadersTooLarge, "The header list is larger than the limit.");
  }
  if (!IsGrpcCall(request_headers_)) {
    return accord::Refuse(rules::kContentTypeUnknown, "Send content-type application/grpc.");
  }
  const std::string* verb = FindHeader(request_headers_, ":method");
  if (verb == nullptr || *verb != "POST" || (route_ == nullptr && !health)) {
    return accord::Refuse(rules::kMethodUnknown, "There is no such method.");
  }
  ACCORD_RETURN_IF_ERROR(CheckCallHeaders(request_headers_));
  ACCORD_RETURN_IF_ERROR(TakeDeadline());
  if (health) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(TakePurpose());
  ACCORD_RETURN_IF_ERROR(TakeValidateOnly());
  ACCORD_RETURN_IF_ERROR(AdmitActor(*table));
  trace_ = TraceOf(request_headers_);
  const auto largest = static_cast<std::size_t>(gateway.config.limits().max_message_bytes());
  const auto* descriptor = route_->method.descriptor;
  request_meter_ =
      FrameMeter(std::min<std::size_t>(largest, route_->max_request_bytes), descriptor->client_streaming());
  response_meter_ = FrameMeter(largest, descriptor->server_streaming());
  if (shard_->audit->ShareIsFull(caller_.agency)) {
    return WithRetryAfter(
        accord::Refuse(rules::kAgencyBusy, "Too many records of your agency wait for the log; try again."),
        absl::Milliseconds(500));
  }
  if (shard_->audit->FullFor(caller_.agency)) {
    return accord::Refuse(rules::kAuditUnavailable, "The audit log cannot be reached; try again later.");
  }
  const auto upstream = shard_->upstreams.find(route_->backend);
  if (upstream == shard_->upstreams.end()) {
    return accord::Refuse(rules::kBackendUnavailable, "The service cannot be reached; try again later.");
  }
  upstream_ = upstream->second.get();
  return absl::OkStatus();
}

absl::Status ProxiedCall::AdmitActor(const PolicyTable& table) {
  const PolicyTable::Actor* actor = table.FindActor(caller_.agency, actor_);
  if (actor == nullptr) {
    return accord::Refuse(rules::kActorNotRegistered,
                          "Name a registered, active person of your agency in accord-actor.");
  }
  caller_.actor = actor_;
  caller_.roles = actor->roles;
  return Decide(route_->method, caller_);
}

absl::Status ProxiedCall::TakePurpose() {
  const std::string* purpose = FindHeader(request_headers_, kPurposeHeader);
  if (purpose == nullptr) return absl::OkStatus();
  const auto known = ParsePurpose(*purpose);
  if (!known) {
    return accord::Refuse(rules::kPurposeUnknown, "accord-purpose names no purpose.");
  }
  purpose_ = caller_.purpose = *known;
  return absl::OkStatus();
}

absl::Status ProxiedCall::TakeValidateOnly() {
  const std::string* value = FindHeader(request_headers_, kValidateOnlyHeader);
  if (value == nullptr) return absl::OkStatus();
  // A caller who writes `false` or `1` may mean either, so the gateway does not guess.
  if (*value != "true") {
    return accord::Refuse(rules::kValidateOnlyInvalid,
                          "accord-validate-only has the value true, or is not sent.");
  }
  // A method that changes nothing needs no request to change nothing.
  validate_only_ = IsSigned();
  if (!validate_only_ || !route_->method.rule.always_acts()) return absl::OkStatus();
  return accord::Refuse(rules::kValidateOnlyNotPossible, "This method cannot be tried without its effect.");
}

absl::Status ProxiedCall::TakeDeadline() {
  const auto& limits = shard_->gateway->config.limits();
  const bool unary = route_ == nullptr || route_->method.unary();
  const Millis longest(unary ? limits.max_deadline_ms() : limits.max_stream_deadline_ms());
  timeout_ = unary ? std::min(longest, Millis(limits.default_deadline_ms())) : longest;
  const std::string* text = FindHeader(request_headers_, "grpc-timeout");
  if (text == nullptr) return absl::OkStatus();
  const auto parsed = ParseGrpcTimeout(*text);
  if (!parsed) {
    return accord::Refuse(rules::kDeadlineInvalid, "grpc-timeout is malformed.");
  }
  if (parsed->count() == 0) {
    return accord::Refuse(rules::kDeadlineZero, "The deadline had passed before the call.");
  }
  timeout_ = std::min(*parsed, longest);
  return absl::OkStatus();
}

void ProxiedCall::Recheck() {
  if (stage_ != Stage::kAdmitted && stage_ != Stage::kForwarded) return;
  if (!shard_->gateway->PolicyIsFresh()) {
    // A unary call was admitted under a policy that held; a stream goes on only while one holds.
    if (!route_->method.unary()) Refuse(RefuseToAdmitByStalePolicy());
    return;
  }
  const auto table = shard_->gateway->policy.table();
  const AgencyKind kind = std::exchange(caller_.kind, table->KindOf(caller_.agency));
  const std::set<Role> roles(caller_.roles.begin(), caller_.roles.end());
  if (const absl::Status status = AdmitActor(*table); !status.ok()) return Refuse(status);
  // For the life of a stream, the service decides by the kind and the roles that it was given at
  // the beginning.
  const bool same =
      kind == caller_.kind && roles == std::set<Role>(caller_.roles.begin(), caller_.roles.end());
  if (!same && stage_ == Stage::kForwarded && !route_->method.unary()) Refuse(RefuseToAdmitOtherRoles());
}

}  // namespace accord::gateway
