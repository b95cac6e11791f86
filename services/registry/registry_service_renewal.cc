// This is the handler of RegistryAdminService that renews a certificate. The certificate by which the call is
// made asks for the next one, and nobody's role does.
#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/pki/signing_request.h"
#include "services/registry/agencies/agency_life.h"
#include "services/registry/certificate_record.h"
#include "services/registry/certificate_rows.h"
#include "services/registry/registry_service.h"
#include "services/registry/resource_names.h"

namespace accord::registry {
namespace {

constexpr absl::Duration kDay = absl::Hours(24);

absl::Status RefuseRenewalOfUnregistered() {
  return Refuse(rules::kCertificateNotRegistered,
                "The registry knows no certificate by which this call is made; enrol one first.");
}

absl::Duration RenewableLifeOf(const v1::Certificate& certificate) {
  return FromProto(certificate.not_after()) - FromProto(certificate.not_before());
}

// This gives the days that the certificate was issued for. If these were not kept, they are the days of
// its life.
int64_t RenewedValidityDays(const v1::Certificate& certificate) {
  if (certificate.validity_days() > 0) return certificate.validity_days();
  return std::max<int64_t>(RenewableLifeOf(certificate) / kDay, 1);
}

// This checks the certificate's time again, because the gateway looks at it when a connection begins, which
// may have been long ago.
absl::Status CheckRenewableInForce(const v1::Certificate& certificate, absl::Time now) {
  if (certificate.state() != v1::CERTIFICATE_STATE_ACTIVE) {
    return Refuse(rules::kCertificateRevoked, "This certificate was revoked; enrol a new one.");
  }
  if (now >= FromProto(certificate.not_after())) {
    return Refuse(rules::kCertificateEnded, "This certificate has ended; enrol a new one.");
  }
  return absl::OkStatus();
}

// This is what an agency, or one of its systems, has used of the limits for renewals.
struct RenewalsUsed {
  const absl::Time now;
  int64_t live = 0, renewed = 0;
  // This is the instant of the first renewal of the last 24 hours.
  absl::Time first = now;

  // This counts those whose names begin with `prefix`.
  void Add(const std::vector<CertificateAt>& in_force, const std::vector<CertificateAt>& renewals,
           const std::string& prefix) {
    for (const CertificateAt& each : in_force) live += absl::StartsWith(each.name, prefix);
    for (const CertificateAt& each : renewals) {
      if (!absl::StartsWith(each.name, prefix)) continue;
      ++renewed;
      first = std::min(first, each.at);
    }
  }
  // `whose` is "agency" or "system".
  absl::Status CheckBelow(const std::string& whose, int64_t most_live, int64_t most_renewed) const {
    if (live >= most_live) {
      return Refuse(
          rules::kCertificatesLiveTooMany,
          absl::StrCat("The ", whose,
                       " has as many certificates in force as it may; revoke those that nobody uses."));
    }
    if (renewed < most_renewed) return absl::OkStatus();
    return WithRetryAfter(
        Refuse(rules::kRenewalsTooMany,
               absl::StrCat("The ", whose, " has renewed as many certificates today as it may.")),
        first + kDay - now);
  }
};

}  // namespace

absl::StatusOr<v1::Certificate> RegistryService::PresentCertificate(const host::Call& call, Tx& tx) {
  const Caller& caller = call.caller();
  v1::System system;
  system.set_name(absl::StrCat("agencies/", caller.agency, "/systems/", caller.system));
  const std::string fingerprint = Hex(caller.certificate);
  const std::string name = absl::StrCat(system.name(), "/certificates/", fingerprint.substr(0, 32));
  v1::Certificate present;
  const absl::Status found = store_->certificates.GetAny(tx, name, &present);
  if (!found.ok() && !absl::IsNotFound(found)) return found;
  if (!found.ok() || present.fingerprint() != fingerprint) return RefuseRenewalOfUnregistered();
  ACCORD_RETURN_IF_ERROR(CheckRenewableInForce(present, call.now()));
  ACCORD_RETURN_IF_ERROR(store_->systems.GetAny(tx, system.name(), &system));
  if (system.state() != v1::SYSTEM_STATE_ACTIVE) {
    return Refuse(rules::kSystemSuspended, "This system is suspended; ask your platform administrator.");
  }
  v1::Agency agency;
  ACCORD_RETURN_IF_ERROR(store_->agencies.GetAny(tx, "agencies/" + caller.agency, &agency));
  if (!ExistsOn(agency, OntarioDay(call.now()))) {
    return Refuse(rules::kAgencyNotValid, "This agency is not admitted on this day.");
  }
  return present;
}

absl::Status RegistryService::CheckCertificateTotals(Tx& tx, const std::string& agency,
                                                     const std::string& of_system) {
  ACCORD_ASSIGN_OR_RETURN(const int64_t all,
                          store_->certificates.CountUpTo(tx, agency, quotas_.certificates));
  if (all >= quotas_.certificates) {
    return Refuse(
        rules::kCertificatesTooMany,
        "The agency has registered as many as it may; the coordination office can raise the number.");
  }
  const int64_t most = quotas_.certificates_of_system();
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t of_this_system,
      store_->certificates.CountListed(tx, {agency, {}, 0, "", of_system}, static_cast<int>(most)));
  if (of_this_system < most) return absl::OkStatus();
  return Refuse(rules::kCertificatesTooMany,
                "The system has renewed until it has as many certificates as one of its agency may; the "
                "coordination office can issue one, or raise the number.");
}

absl::Status RegistryService::CheckOneMoreCertificate(const host::Call& call, Tx& tx,
                                                      const v1::Certificate& present, const Key& key) {
  const std::string agency = PartOf(present.name(), 1);
  const std::string of_system =
      absl::StrCat("agencies/", agency, "/systems/", PartOf(present.name(), 3), "/");
  ACCORD_RETURN_IF_ERROR(PlaceOlderCertificates(tx, agency));
  // A revoked certificate is found too: whoever has stolen its key must not come back by it.
  ACCORD_ASSIGN_OR_RETURN(const auto of_key, CertificatesWithKey(tx, agency, pki::KeyDigest(key)));
  if (!of_key.empty()) return RefuseUsedKey();
  ACCORD_RETURN_IF_ERROR(CheckCertificateTotals(tx, agency, of_system));
  ACCORD_ASSIGN_OR_RETURN(const auto in_force, CertificatesInForce(tx, agency, call.now()));
  ACCORD_ASSIGN_OR_RETURN(const auto renewals, CertificatesRenewedAfter(tx, agency, call.now() - kDay));
  RenewalsUsed by_agency{call.now()}, by_system{call.now()};
  by_agency.Add(in_force, renewals, "");
  by_system.Add(in_force, renewals, of_system);
  // A stolen certificate names its own system only, and leaves the others what they need.
  ACCORD_RETURN_IF_ERROR(
      by_system.CheckBelow("system", quotas_.live_certificates_of_system(), quotas_.renewals_of_system()));
  return by_agency.CheckBelow("agency", quotas_.live_certificates, quotas_.renewals);
}

absl::StatusOr<v1::Certificate> RegistryService::Renew(host::Call& call, Tx& tx, const Write& write,
                                                       const v1::RenewCertificateRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(const v1::Certificate present, PresentCertificate(call, tx));
  // Nothing of the log's is renewed by a call: its operators sign for it.
  ACCORD_RETURN_IF_ERROR(store_->actors.CheckChange(tx, present));
  const absl::Time opens =
      FromProto(present.not_before()) + RenewableLifeOf(present) * quotas_.renew_from_percent / 100;
  if (call.now() < opens) {
    return Refuse(rules::kCertificateRenewedEarly,
                  "The present certificate is not yet as old as it must be to be renewed; renew it later.");
  }
  ACCORD_ASSIGN_OR_RETURN(const Key key, pki::KeyOfRequest(request.csr_pem()));
  ACCORD_RETURN_IF_ERROR(CheckOneMoreCertificate(call, tx, present, key));
  const int days = static_cast<int>(std::min(RenewedValidityDays(present), quotas_.renewed_days));
  const std::string agency = PartOf(present.name(), 1), system = PartOf(present.name(), 3);
  ACCORD_ASSIGN_OR_RETURN(const pki::Issued issued,
                          authority_->SignSystem(request.csr_pem(), agency, system, days, call.now()));
  if (issued.not_after <= FromProto(present.not_after())) {
    return Refuse(rules::kCertificateNotLonger,
                  "The new certificate would not end later than the present one: the authority ends, or the "
                  "present one holds for longer than a renewed one may.");
  }
  v1::Certificate renewed =
      CertificateRecordOf(absl::StrCat("agencies/", agency, "/systems/", system), issued);
  renewed.set_validity_days(days);
  renewed.set_renewed_from(present.name());
  return StoreCertificate(tx, write, std::move(renewed));
}

}  // namespace accord::registry
