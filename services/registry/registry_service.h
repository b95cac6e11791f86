// These are the handlers of RegistryService, which reads, and of RegistryAdminService, which changes.
#ifndef ACCORD_SERVICES_REGISTRY_REGISTRY_SERVICE_H_
#define ACCORD_SERVICES_REGISTRY_REGISTRY_SERVICE_H_

#include <string>
#include <vector>

#include "accord/host/v1/config.pb.h"
#include "accord/registry/v1/registry_admin_service.pb.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "common/host/calls/handlers.h"
#include "common/pki/authority.h"
#include "services/registry/quotas.h"
#include "services/registry/registry_store.h"

namespace accord::registry {

class RegistryService {
 public:
  RegistryService(storage::Database* database, RegistryStore* store, const pki::Authority* authority,
                  const Quotas& quotas = Quotas())
      : database_(database), store_(store), authority_(authority), quotas_(quotas) {}
  // `log` is the audit log that agencies are to trust.
  void Register(host::Handlers* handlers, v1::TransparencyLog log = {});

  // Admits the agencies and the first administrator in a database that has no certificate yet, and otherwise
  // does nothing.
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

  // This gives the agency of a parent name that the caller administers.
  absl::StatusOr<v1::Agency> AdministeredAgency(host::Call&, Tx&, const std::string& parent);
  absl::StatusOr<v1::Certificate> StoreCertificate(Tx&, const Write&, v1::Certificate certificate);
  // This gives the certificate by which the call is made, if it opens the gateway now.
  absl::StatusOr<v1::Certificate> PresentCertificate(const host::Call&, Tx&);
  // This writes the rows of certificate_rows.h for the agency's certificates that an earlier version stored
  // without them.
  absl::Status PlaceOlderCertificates(Tx&, const std::string& agency);
  // This fails with CERTIFICATE_KEY_USED if the request has a key that another system of the agency has or
  // had, since a key identifies one system. The same system may ask again with its own key.
  absl::Status CheckKeyOfSystem(Tx&, const std::string& system, const std::string& csr_pem);
  static absl::Status RefuseUsedKey();
  // This fails with CERTIFICATES_TOO_MANY if the agency, or the system whose certificates have this prefix,
  // has had the largest permitted number.
  absl::Status CheckCertificateTotals(Tx&, const std::string& agency, const std::string& of_system);
  // Checks that the agency, and this system of it, may have one more certificate of this key besides the
  // present one.
  absl::Status CheckOneMoreCertificate(const host::Call&, Tx&, const v1::Certificate& present,
                                       const Key& key);

  storage::Database* database_;
  RegistryStore* store_;
  const pki::Authority* authority_;
  const Quotas quotas_;
  v1::TransparencyLog log_;
};

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_REGISTRY_SERVICE_H_
