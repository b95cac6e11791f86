#include "common/access/assertion.h"

#include <utility>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord {
namespace {

constexpr std::string_view kAssertionContext("accord-caller-v1\0", 17);
constexpr std::size_t kMaxKnownAssertions = 10000;

// A language that only a later gateway version knows counts as none.
Language LanguageInAssertion(const caller::v1::CallerAssertion& assertion) {
  switch (assertion.language()) {
    case caller::v1::LANGUAGE_ENGLISH:
      return Language::kEnglish;
    case caller::v1::LANGUAGE_FRENCH:
      return Language::kFrench;
    default:
      return Language::kNone;
  }
}

absl::Status AssertionInvalid() {
  return Refuse(rules::kCallerAssertionInvalid, "The call did not come through the gateway.");
}

// Another replica may have a correct clock and can serve the call when it is repeated.
absl::Status AssertionClocksDiffer() {
  return Refuse(
      rules::kClocksDiffer,
      "What the gateway says of the call is not of now: the clock of this service or of the gateway is "
      "wrong; try again.");
}

}  // namespace

std::string AssertionKeyId(const Key& key) { return Sha256(RawPublicKey(key)).substr(0, 8); }

std::string AssertedRequestHash(std::string_view salt, std::string_view request, bool validate_only) {
  std::string salted(salt);
  if (validate_only) salted += "validate-only\n";
  salted += request;
  return Sha256(salted);
}

std::string SignAssertion(const Key& key, const caller::v1::CallerAssertion& assertion,
                          const std::string& request_salt) {
  caller::v1::SignedCallerAssertion out;
  out.set_assertion(assertion.SerializeAsString());
  out.set_signature(SignEd25519(key, std::string(kAssertionContext) + out.assertion()));
  out.set_key_id(AssertionKeyId(key));
  out.set_request_salt(request_salt);
  return out.SerializeAsString();
}

absl::StatusOr<caller::v1::CallerAssertion> OpenAssertion(const caller::v1::SignedCallerAssertion& in,
                                                          const Key& key, std::string_view audience,
                                                          absl::Time at) {
  caller::v1::CallerAssertion assertion;
  if (!VerifyEd25519(key, std::string(kAssertionContext) + in.assertion(), in.signature()) ||
      !assertion.ParseFromString(in.assertion())) {
    return AssertionInvalid();
  }
  const absl::Time issued = FromProto(assertion.issue_time()), expires = FromProto(assertion.expire_time());
  // The tolerance for clocks does not apply to the lifetime of an assertion.
  if (assertion.audience() != audience || assertion.agency().empty() || expires - issued > kAssertionLife) {
    return AssertionInvalid();
  }
  if (at < issued - kClockSkew || at >= expires + kClockSkew) return AssertionClocksDiffer();
  return assertion;
}

AssertionVerifier::AssertionVerifier(std::string audience, std::vector<Key> gateway_keys)
    : audience_(std::move(audience)) {
  for (auto& key : gateway_keys) {
    std::string id = AssertionKeyId(key);
    keys_.emplace(std::move(id), std::move(key));
  }
}

absl::StatusOr<VerifiedAssertion> AssertionVerifier::Verify(const std::string& signed_assertion,
                                                            absl::Time now) {
  {
    std::lock_guard lock(mutex_);
    auto it = known_.find(signed_assertion);
    if (it != known_.end()) {
      if (now < it->second.expires) return it->second.verified;
      known_.erase(it);
    }
  }
  auto fresh = VerifyFresh(signed_assertion, now);
  if (!fresh.ok()) return fresh.status();
  if (!fresh->verified.method.empty()) return std::move(fresh->verified);
  std::lock_guard lock(mutex_);
  if (known_.size() >= kMaxKnownAssertions) {
    std::erase_if(known_, [&](const auto& entry) { return entry.second.expires <= now; });
    if (known_.size() >= kMaxKnownAssertions) known_.clear();
  }
  known_[signed_assertion] = *fresh;
  return std::move(fresh->verified);
}

absl::StatusOr<AssertionVerifier::Known> AssertionVerifier::VerifyFresh(const std::string& signed_assertion,
                                                                        absl::Time now) const {
  caller::v1::SignedCallerAssertion in;
  if (!in.ParseFromString(signed_assertion)) return AssertionInvalid();
  const auto key = keys_.find(in.key_id());
  if (key == keys_.end()) return AssertionInvalid();
  ACCORD_ASSIGN_OR_RETURN(const auto assertion, OpenAssertion(in, key->second, audience_, now));
  // An assertion without a method serves many calls, so it cannot say that one of them
  // only validates.
  if (assertion.validate_only() && assertion.method().empty()) return AssertionInvalid();
  Known known{{}, FromProto(assertion.expire_time()) + kClockSkew};
  Caller& caller = known.verified.caller;
  caller.agency = assertion.agency();
  caller.kind = assertion.agency_kind();
  caller.system = assertion.system();
  caller.actor = assertion.actor();
  for (int role : assertion.roles()) caller.roles.push_back(static_cast<Role>(role));
  caller.purpose = assertion.purpose();
  caller.gateway = assertion.gateway();
  caller.language = LanguageInAssertion(assertion);
  caller.certificate = assertion.certificate_fingerprint();
  known.verified.method = assertion.method();
  known.verified.request_hash = assertion.request_hash();
  known.verified.request_salt = in.request_salt();
  known.verified.validate_only = assertion.validate_only();
  in.clear_request_salt();
  known.verified.proof = in.SerializeAsString();
  return known;
}

}  // namespace accord
