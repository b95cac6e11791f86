#include "clients/accordctl/operate/rotate_certificates.h"

#include <filesystem>
#include <iostream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/operate/owned_file.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/pki/authority.h"
#include "common/pki/certificate_check.h"

namespace accord::ctl {
namespace {

namespace fs = std::filesystem;

absl::Status RenewTlsPair(const host::v1::Tls& tls, const pki::Authority& authority, int days) {
  ACCORD_ASSIGN_OR_RETURN(const std::string old,
                          ReadNonEmptyFile(tls.certificate_file(), "the present certificate"));
  ACCORD_ASSIGN_OR_RETURN(pki::Shape shape, pki::ShapeOf(old));
  shape.not_before = absl::Now() - absl::Minutes(1);
  shape.not_after = absl::Now() + absl::Hours(24) * days;
  const Key key = pki::NewTlsKey();
  ACCORD_ASSIGN_OR_RETURN(const auto issued, authority.Sign(key, shape, absl::Now()));
  // Only a certificate that peers will accept replaces the present one.
  ACCORD_RETURN_IF_ERROR(pki::CheckPair(issued.pem, pki::PrivatePem(key)).status());
  ACCORD_RETURN_IF_ERROR(
      WriteWithOwnerOf(tls.key_file(), tls.key_file() + ".next", pki::PrivatePem(key), FileKind::kSecret));
  ACCORD_RETURN_IF_ERROR(WriteWithOwnerOf(tls.certificate_file(), tls.certificate_file() + ".next",
                                          issued.pem, FileKind::kPublic));
  std::error_code error;
  fs::rename(tls.key_file() + ".next", tls.key_file(), error);
  if (!error) fs::rename(tls.certificate_file() + ".next", tls.certificate_file(), error);
  if (error)
    return accord::Refuse(rules::kFileNotWritten,
                          absl::StrCat("cannot replace ", tls.certificate_file(), ": ", error.message()));
  std::cout << tls.certificate_file() << " is new, valid until "
            << absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", issued.not_after, absl::UTCTimeZone()) << "\n";
  return absl::OkStatus();
}

absl::StatusOr<pki::Authority> LoadAuthority(const std::string& stem) {
  ACCORD_ASSIGN_OR_RETURN(const std::string certificate, ReadNonEmptyFile(stem + ".crt", "of --ca"));
  ACCORD_ASSIGN_OR_RETURN(const std::string key, ReadNonEmptyFile(stem + ".key", "of --ca"));
  return pki::Authority::Load(certificate, key);
}

}  // namespace

absl::Status RotateCertificates(const Deployment& deployment, const std::string& ca, int days) {
  ACCORD_RETURN_IF_ERROR(pki::CheckDays(days));
  ACCORD_ASSIGN_OR_RETURN(const auto services, LoadAuthority(ca + "/service-ca"));
  for (const ServiceFile& service : deployment.services) {
    ACCORD_RETURN_IF_ERROR(RenewTlsPair(service.host.tls(), services, days));
  }
  for (const GatewayFile& gateway : deployment.gateways) {
    ACCORD_RETURN_IF_ERROR(RenewTlsPair(gateway.config.service_tls(), services, days));
    ACCORD_ASSIGN_OR_RETURN(const auto agencies, LoadAuthority(ca + "/agency-ca"));
    ACCORD_RETURN_IF_ERROR(RenewTlsPair(gateway.config.agency_tls(), agencies, days));
  }
  std::cout << "the processes read them within a second; nothing is to be restarted\n";
  return absl::OkStatus();
}

}  // namespace accord::ctl
