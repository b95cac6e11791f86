// This is a registry whose system has had its certificate for a day and may ask for the next one.
#ifndef ACCORD_SERVICES_REGISTRY_TESTING_RENEWAL_FIXTURE_H_
#define ACCORD_SERVICES_REGISTRY_TESTING_RENEWAL_FIXTURE_H_

#include <string>

#include "absl/strings/escaping.h"
#include "common/pki/signing_request.h"
#include "services/registry/enrolled.h"
#include "services/registry/quotas.h"
#include "services/registry/testing/fixture.h"

namespace accord::registry {

inline constexpr absl::Duration kDay = absl::Hours(24);

inline std::string Request(const Key& key = pki::NewTlsKey()) { return pki::SigningRequest(key); }

class Renewal : public Registry {
 protected:
  // `config` is the registry's; the fixture's own one has what is configured where nothing is.
  explicit Renewal(const host::v1::RegistryConfig& config = {}) : Registry("", Quotas(config)) {
    system_ = Must(CreateSystem(office_, "cas-york"));
    certificate_ = Must(Issue(system_));
    Later(kDay);
  }

  void Later(absl::Duration by) { in_process_.clock().Advance(by); }
  absl::Time Now() { return in_process_.clock().Now(); }
  // This gives a worker of the system, whom the gateway let in by this certificate.
  static Caller By(const v1::Certificate& certificate) {
    return {.agency = "cas-york",
            .kind = AGENCY_KIND_CHILDREN_AID_SOCIETY,
            .system = "cms",
            .actor = "worker",
            .roles = {ROLE_CAS_WORKER},
            .certificate = absl::HexStringToBytes(certificate.fingerprint())};
  }
  static v1::RenewCertificateRequest For(const std::string& csr_pem) {
    v1::RenewCertificateRequest request;
    request.set_csr_pem(csr_pem);
    return request;
  }
  absl::StatusOr<v1::Certificate> Renew(const Caller& caller, const std::string& csr_pem = Request()) {
    return Call<v1::Certificate>(caller, For(csr_pem));
  }
  absl::StatusOr<v1::Certificate> Renew() { return Renew(By(certificate_)); }
  // This gives the first certificate of one more system of the agency.
  v1::Certificate Enrolled(const std::string& id) { return Must(IssueFor(OneMore(id), Request())); }
  // This makes one more system of the agency.
  v1::System OneMore(const std::string& id) {
    v1::CreateSystemRequest create;
    create.set_parent("agencies/cas-york");
    create.set_system_id(id);
    create.mutable_system()->set_display_name("Case management");
    return Must(Call<v1::System>(office_, create));
  }
  absl::StatusOr<v1::Certificate> IssueFor(const v1::System& system, const std::string& csr_pem) {
    v1::IssueCertificateRequest issue;
    issue.set_parent(system.name());
    issue.set_csr_pem(csr_pem);
    return Call<v1::Certificate>(office_, issue);
  }
  absl::StatusOr<v1::Certificate> RenewOf(const std::string& id, const v1::Certificate& certificate,
                                          const std::string& csr_pem = Request()) {
    Caller caller = By(certificate);
    caller.system = id;
    return Renew(caller, csr_pem);
  }
  v1::Certificate Read(const std::string& name) {
    v1::GetCertificateRequest request;
    request.set_name(name);
    return Must(Call<v1::Certificate>(office_, request));
  }

  v1::System system_;
  v1::Certificate certificate_;
};

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_TESTING_RENEWAL_FIXTURE_H_
