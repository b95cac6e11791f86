// These are handlers of RegistryService and RegistryAdminService that show, issue and revoke certificates
// of systems.
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/pki/signing_request.h"
#include "services/registry/agencies/agency_life.h"
#include "services/registry/caller_view.h"
#include "services/registry/certificate_record.h"
#include "services/registry/certificate_rows.h"
#include "services/registry/placements.h"
#include "services/registry/quotas.h"
#include "services/registry/registry_service.h"
#include "services/registry/resource_names.h"

namespace accord::registry {

absl::StatusOr<v1::Certificate> RegistryService::GetCertificate(host::Call& call, Tx& tx,
                                                                const v1::GetCertificateRequest& request) {
  return ReadForCaller<v1::Certificate>(call, tx, store_->certificates, request.name());
}

absl::StatusOr<v1::ListCertificatesResponse> RegistryService::ListCertificates(
    host::Call& call, Tx& tx, const v1::ListCertificatesRequest& request) {
  return store_->certificates.ListInto(tx, ListForCaller(call, request, request.parent() + "/certificates/"),
                                       &v1::ListCertificatesResponse::mutable_certificates);
}

absl::StatusOr<v1::Certificate> RegistryService::StoreCertificate(Tx& tx, const Write& write,
                                                                  v1::Certificate certificate) {
  *certificate.mutable_create_time() = ToProto(write.now);
  ACCORD_RETURN_IF_ERROR(store_->certificates.Insert(tx, &certificate, write, PlacementOf(certificate)));
  return certificate;
}

absl::StatusOr<v1::Certificate> RegistryService::Issue(host::Call& call, Tx& tx, const Write& write,
                                                       const v1::IssueCertificateRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Agency agency, AdministeredAgency(call, tx, request.parent()));
  v1::System system;
  ACCORD_RETURN_IF_ERROR(store_->systems.Get(tx, request.parent(), ViewerOf(call.caller()), &system));
  if (system.state() != v1::SYSTEM_STATE_ACTIVE) {
    return Refuse(rules::kSystemNotActive, "The system is suspended.");
  }
  if (!ExistsOn(agency, OntarioDay(call.now()))) {
    return Refuse(rules::kAgencyNotCurrent, "The agency does not exist as such today.");
  }
  ACCORD_RETURN_IF_ERROR(
      CheckQuota(tx, store_->certificates, agency, quotas_.certificates, rules::kCertificatesTooMany));
  const int days = request.validity_days() == 0 ? 90 : request.validity_days();
  if (days < 1 || days > pki::kMaxDays) return RefuseFields({{"validity_days", "must be 1 to 398"}});
  ACCORD_RETURN_IF_ERROR(CheckKeyOfSystem(tx, system.name(), request.csr_pem()));
  ACCORD_ASSIGN_OR_RETURN(pki::Issued issued,
                          authority_->SignSystem(request.csr_pem(), PartOf(system.name(), 1),
                                                 PartOf(system.name(), 3), days, call.now()));
  v1::Certificate certificate = CertificateRecordOf(system.name(), issued);
  certificate.set_validity_days(days);
  return StoreCertificate(tx, write, std::move(certificate));
}

absl::StatusOr<v1::Certificate> RegistryService::Revoke(host::Call& call, Tx& tx, const Write& write,
                                                        const v1::RevokeCertificateRequest& request) {
  v1::Certificate certificate;
  ACCORD_RETURN_IF_ERROR(store_->certificates.Get(tx, request.name(), ViewerOf(call.caller()), &certificate));
  if (certificate.state() == v1::CERTIFICATE_STATE_REVOKED) {
    return Refuse(rules::kCertificateAlreadyRevoked, "It has been revoked.");
  }
  certificate.set_state(v1::CERTIFICATE_STATE_REVOKED);
  certificate.set_revocation_reason(request.reason());
  ACCORD_RETURN_IF_ERROR(
      store_->certificates.Update(tx, &certificate, request.etag(), write, PlacementOf(certificate)));
  return certificate;
}

absl::Status RegistryService::PlaceOlderCertificates(Tx& tx, const std::string& agency) {
  ACCORD_ASSIGN_OR_RETURN(const auto names, CertificatesWithoutRows(tx, agency));
  for (const std::string& name : names) {
    v1::Certificate stored;
    ACCORD_RETURN_IF_ERROR(store_->certificates.GetAny(tx, name, &stored));
    ACCORD_RETURN_IF_ERROR(store_->certificates.PlaceAgain(tx, stored, PlacementOf(stored)));
  }
  return absl::OkStatus();
}

absl::Status RegistryService::CheckKeyOfSystem(Tx& tx, const std::string& system,
                                               const std::string& csr_pem) {
  ACCORD_ASSIGN_OR_RETURN(const Key key, pki::KeyOfRequest(csr_pem));
  const std::string agency = PartOf(system, 1);
  ACCORD_RETURN_IF_ERROR(PlaceOlderCertificates(tx, agency));
  ACCORD_ASSIGN_OR_RETURN(const auto names, CertificatesWithKey(tx, agency, pki::KeyDigest(key)));
  for (const std::string& name : names) {
    if (!absl::StartsWith(name, system + "/")) return RefuseUsedKey();
  }
  return absl::OkStatus();
}

absl::Status RegistryService::RefuseUsedKey() {
  return Refuse(rules::kCertificateKeyUsed,
                "A certificate of this agency has or had this key; make a new one.");
}

}  // namespace accord::registry
