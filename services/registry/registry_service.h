// Handlers of RegistryService (reading) and RegistryAdminService (changing).
#ifndef ACCORD_SERVICES_REGISTRY_REGISTRY_SERVICE_H_
#define ACCORD_SERVICES_REGISTRY_REGISTRY_SERVICE_H_

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "accord/host/v1/config.pb.h"
#include "accord/registry/v1/registry_admin_service.pb.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "common/base/rules.h"
#include "common/host/calls/handlers.h"
#include "common/pki/authority.h"
#include "services/registry/registry_store.h"

namespace accord::registry {

// This is what one agency may register, and renew.
struct Quotas {
  explicit Quotas(const host::v1::RegistryConfig& config = {});
  int64_t systems, actors, certificates;
  // The most certificates in force that an agency may have when it renews one, and its most renewals in
  // 24 hours.
  int64_t live_certificates, renewals;
  // The same for one system, which gets a quarter, so that a system whose certificate is stolen leaves enough
  // for the others. A system that may renew has two in force, the present one and the next.
  int64_t live_certificates_of_system() const { return std::max<int64_t>(live_certificates / 4, 2); }
  int64_t renewals_of_system() const { return std::max<int64_t>(renewals / 4, 1); }
  // The most certificates that a system may have had when it renews one. This is a quarter, too: a system
  // that renews short-lived certificates all day would otherwise use up the agency's number within weeks.
  int64_t certificates_of_system() const { return std::max<int64_t>(certificates / 4, 2); }
  // The most days that a renewed certificate is valid, and the percentage of the earlier certificate's life
  // that must be over.
  int64_t renewed_days, renew_from_percent;
};

// FAILED_PRECONDITION if the agency has `most` of a kind. Two concurrent calls may exceed this by one.
absl::Status CheckQuota(storage::Transaction& tx, Enrolled& kind, const v1::Agency& agency, int64_t most,
                        const rules::Rule& rule);

class RegistryService {
 public:
  RegistryService(storage::Database* database, RegistryStore* store, const pki::Authority* authority,
                  const Quotas& quotas = Quotas())
      : database_(database), store_(store), authority_(authority), quotas_(quotas) {}
  // `log`: the audit log that agencies are to trust.
  void Register(host::Handlers* handlers, v1::TransparencyLog log = {});

  // Admits the agencies and the first administrator in a database that has no certificate yet; does
  // nothing otherwise.
  absl::Status Bootstrap(const std::vector<v1::Agency>& agencies, const host::v1::Bootstrap& first,
                         const std::string& certificate_pem, absl::Time now);

 private:
  using Tx = storage::Transaction;
  using Write = storage::Write;

  absl::StatusOr<v1::TransparencyLog> GetTransparencyLog(host::Call&, const v1::GetTransparencyLogRequest&);
  absl::StatusOr<v1::Agency> GetAgency(host::Call&, Tx&, const v1::GetAgencyRequest&);
  absl::StatusOr<v1::ListAgenciesResponse> ListAgencies(host::Call&, Tx&, const v1::ListAgenciesRequest&);
  absl::StatusOr<v1::System> GetSystem(host::Call&, Tx&, const v1::GetSystemRequest&);
  absl::StatusOr<v1::ListSystemsResponse> ListSystems(host::Call&, Tx&, const v1::ListSystemsRequest&);
  absl::StatusOr<v1::Actor> GetActor(host::Call&, Tx&, const v1::GetActorRequest&);
  absl::StatusOr<v1::ListActorsResponse> ListActors(host::Call&, Tx&, const v1::ListActorsRequest&);
  absl::StatusOr<v1::Certificate> GetCertificate(host::Call&, Tx&, const v1::GetCertificateRequest&);
  absl::StatusOr<v1::ListCertificatesResponse> ListCertificates(host::Call&, Tx&,
                                                                const v1::ListCertificatesRequest&);
  absl::StatusOr<v1::RoleGrant> GetRoleGrant(host::Call&, Tx&, const v1::GetRoleGrantRequest&);
  absl::StatusOr<v1::ListRoleGrantsResponse> ListRoleGrants(host::Call&, Tx&,
                                                            const v1::ListRoleGrantsRequest&);

  absl::StatusOr<v1::Agency> CreateAgency(host::Call&, Tx&, const Write&, const v1::CreateAgencyRequest&);
  absl::StatusOr<v1::Agency> UpdateAgency(host::Call&, Tx&, const Write&, const v1::UpdateAgencyRequest&);
  absl::StatusOr<v1::System> CreateSystem(host::Call&, Tx&, const Write&, const v1::CreateSystemRequest&);
  absl::StatusOr<v1::System> SuspendSystem(host::Call&, Tx&, const Write&, const v1::SuspendSystemRequest&);
  absl::StatusOr<v1::System> ResumeSystem(host::Call&, Tx&, const Write&, const v1::ResumeSystemRequest&);
  template <class Request>
  absl::StatusOr<v1::System> MoveSystem(host::Call&, Tx&, const Write&, const Request&,
                                        const std::string& event);
  absl::StatusOr<v1::Actor> CreateActor(host::Call&, Tx&, const Write&, const v1::CreateActorRequest&);
  absl::StatusOr<v1::Actor> UpdateActor(host::Call&, Tx&, const Write&, const v1::UpdateActorRequest&);
  absl::StatusOr<v1::Actor> DisableActor(host::Call&, Tx&, const Write&, const v1::DisableActorRequest&);
  absl::StatusOr<v1::Actor> EnableActor(host::Call&, Tx&, const Write&, const v1::EnableActorRequest&);
  absl::StatusOr<v1::Actor> SetActorDisplayName(host::Call&, Tx&, const Write&,
                                                const v1::SetActorDisplayNameRequest&);
  absl::StatusOr<v1::Agency> SetAgencyDutyContacts(host::Call&, Tx&, const Write&,
                                                   const v1::SetAgencyDutyContactsRequest&);
  absl::StatusOr<v1::Certificate> Issue(host::Call&, Tx&, const Write&, const v1::IssueCertificateRequest&);
  absl::StatusOr<v1::Certificate> Renew(host::Call&, Tx&, const Write&, const v1::RenewCertificateRequest&);
  absl::StatusOr<v1::Certificate> Revoke(host::Call&, Tx&, const Write&, const v1::RevokeCertificateRequest&);

  // Gives the agency of a parent name that the caller administers.
  absl::StatusOr<v1::Agency> Administered(host::Call&, Tx&, const std::string& parent);
  absl::StatusOr<v1::Certificate> Admit(Tx&, const Write&, v1::Certificate certificate);
  // Gives the certificate by which the call is made, if it opens the gateway now.
  absl::StatusOr<v1::Certificate> Present(const host::Call&, Tx&);
  // Writes the rows of certificate_rows.h for the agency's certificates that an earlier version stored
  // without them.
  absl::Status PlaceOlder(Tx&, const std::string& agency);
  // CERTIFICATE_KEY_USED if the request has a key that another system of the agency has or had, since a key
  // identifies one system. The same system may ask again with its own key.
  absl::Status CheckKeyOfSystem(Tx&, const std::string& system, const std::string& csr_pem);
  // CERTIFICATES_TOO_MANY if the agency, or the system whose certificates have this prefix, has had the
  // largest permitted number.
  absl::Status CheckTotals(Tx&, const std::string& agency, const std::string& of_system);
  // Checks that the agency, and this system of it, may have one more certificate of this key besides the
  // present one.
  absl::Status CheckOneMore(const host::Call&, Tx&, const v1::Certificate& present, const Key& key);

  storage::Database* database_;
  RegistryStore* store_;
  const pki::Authority* authority_;
  const Quotas quotas_;
  v1::TransparencyLog log_;
};

// Answers the service's ChangeService.
void TellChanges(const storage::PageTokens* tokens, host::Handlers* handlers);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_REGISTRY_SERVICE_H_
