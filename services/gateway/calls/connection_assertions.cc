// This part of a Connection signs for services who is calling, and keeps the assertions that may be
// used again.
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/base/version.h"
#include "services/gateway/calls/connection.h"

namespace accord::gateway {
namespace {

// An assertion lives for half a minute and is then useless.
constexpr std::chrono::seconds kForgetEvery{10};

}  // namespace

void Connection::ForgetAssertions(SteadyTime now) {
  if (now - forgot_ < kForgetEvery) return;
  forgot_ = now;
  std::erase_if(assertions_, [wall = absl::Now()](const auto& each) { return each.second.expires <= wall; });
}

caller::v1::CallerAssertion Connection::UnsignedAssertion(const Caller& caller, const std::string& audience,
                                                          absl::Time now) const {
  caller::v1::CallerAssertion assertion;
  assertion.set_agency(caller.agency);
  assertion.set_agency_kind(caller.kind);
  assertion.set_system(caller.system);
  assertion.set_actor(caller.actor);
  for (const Role role : caller.roles) assertion.add_roles(role);
  assertion.set_purpose(caller.purpose);
  assertion.set_language(static_cast<caller::v1::Language>(caller.language));
  assertion.set_certificate_fingerprint(peer_->fingerprint);
  assertion.set_audience(audience);
  assertion.set_gateway(shard_->gateway->config.name() + " " + Version());
  *assertion.mutable_issue_time() = ToProto(now);
  *assertion.mutable_expire_time() = ToProto(now + kAssertionLife);
  return assertion;
}

const std::string& Connection::Assertion(const Caller& caller, const std::string& audience) {
  const absl::Time now = absl::Now();
  // The language stands between purpose and audience, and is '\0' for nearly every caller.
  std::string key =
      caller.actor + '\0' + std::to_string(caller.purpose) + static_cast<char>(caller.language) + audience;
  if (assertions_.size() > 1024) assertions_.clear();
  SignedAssertion& entry = assertions_[key];
  // An assertion with more than the usual lifetime was signed by a clock that was ahead, and no service
  // accepts it.
  const absl::Duration left = entry.expires - now;
  const bool usable = left >= absl::Seconds(10) && left <= kAssertionLife;
  const bool same = entry.kind == caller.kind && entry.roles == caller.roles;
  if (entry.value.empty() || !usable || !same) {
    entry.expires = now + kAssertionLife;
    entry.kind = caller.kind;
    entry.roles = caller.roles;
    entry.value = UnpaddedBase64(
        SignAssertion(shard_->gateway->assertion_key, UnsignedAssertion(caller, audience, now)));
  }
  return entry.value;
}

std::string Connection::AssertionForCall(const Caller& caller, const std::string& audience,
                                         const OneCall& call) {
  caller::v1::CallerAssertion assertion = UnsignedAssertion(caller, audience, absl::Now());
  // With a salt, a reader of the assertion cannot guess the request from its hash. This gateway can compute
  // the salt again.
  const std::string salt =
      HmacSha256(shard_->gateway->hash_key, "accord-request-salt\n" + call.id).substr(0, 16);
  assertion.set_method(call.method);
  assertion.set_call_id(call.id);
  assertion.set_validate_only(call.validate_only);
  assertion.set_request_hash(AssertedRequestHash(salt, call.request, call.validate_only));
  return UnpaddedBase64(SignAssertion(shard_->gateway->assertion_key, assertion, salt));
}

}  // namespace accord::gateway
