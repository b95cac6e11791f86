// This makes a gateway's signature on what services tell of, for tests.
#ifndef ACCORD_SERVICES_AUDIT_TESTING_FAKE_GATEWAY_H_
#define ACCORD_SERVICES_AUDIT_TESTING_FAKE_GATEWAY_H_

#include <openssl/evp.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/pki/ed25519.h"
#include "services/audit/reconcile/proofs.h"

namespace accord::audit {

class FakeGateway {
 public:
  FakeGateway() : key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")) {}

  // This is the assertion of the call that made this change.
  static caller::v1::CallerAssertion For(const std::string& service, const host::v1::RevisionKey& key) {
    caller::v1::CallerAssertion assertion;
    assertion.set_agency(key.agency());
    assertion.set_agency_kind(annotations::v1::AGENCY_KIND_POLICE_SERVICE);
    assertion.set_system("rms");
    assertion.set_actor(key.actor());
    assertion.set_purpose(annotations::v1::PURPOSE_CRIMINAL_INVESTIGATION);
    assertion.set_certificate_fingerprint(std::string(32, 'f'));
    assertion.set_audience(service);
    *assertion.mutable_issue_time() = key.time();
    *assertion.mutable_expire_time() = ToProto(FromProto(key.time()) + kAssertionLife);
    assertion.set_method(absl::StrCat("/accord.", service, ".v1.SomeService/ChangeSomething"));
    assertion.set_request_hash(AssertedRequestHash("salt", key.request_id()));
    assertion.set_call_id(absl::StrCat("call-of-", key.request_id()));
    return assertion;
  }
  std::string Sign(const caller::v1::CallerAssertion& assertion) const {
    return SignAssertion(key_, assertion);
  }
  // A service tells of its changes in this form, with each assertion once.
  void Prove(const std::string& service, host::v1::ListRevisionKeysResponse* page) const {
    for (auto& key : *page->mutable_revisions()) {
      page->add_assertions(Sign(For(service, key)));
      key.set_assertion(page->assertions_size());
    }
  }
  Key public_key() const { return PublicKeyOf(RawPublicKey(key_)); }
  Proofs proofs(bool require_request = false, absl::Time until = absl::InfiniteFuture()) const {
    std::vector<Proofs::GatewayKey> keys;
    keys.push_back({public_key(), until});
    return Proofs(std::move(keys), require_request);
  }

 private:
  Key key_;
};

// This gives the gateway of tests that need no other.
inline const FakeGateway& TheGateway() {
  static const FakeGateway gateway;
  return gateway;
}

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_TESTING_FAKE_GATEWAY_H_
