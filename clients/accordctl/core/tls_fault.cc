#include "clients/accordctl/core/tls_fault.h"

#include <openssl/x509_vfy.h>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/gateway_address.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/core/time_text.h"
#include "common/base/error.h"
#include "common/pki/authority.h"
#include "common/pki/tls_handshake.h"

namespace accord::ctl {
namespace {

constexpr char kRenew[] = "have a new one issued with `accordctl agency enroll`, or ask your administrator";

// This gives the caller's time, since a wrong clock makes a valid certificate look expired or not yet valid.
std::string TlsClockAdvice(absl::Time now) {
  return absl::StrCat("this machine's clock says ", TimeText(now), ": is it right?");
}

absl::Status CheckOwnTlsValidity(const Context& context, const TlsFiles& files, absl::Time now) {
  const auto own = pki::ReadCertificate(files.certificate);
  if (!own.ok()) return absl::OkStatus();
  if (now >= own->not_after) {
    return Refuse(rules::kCertificateEnded,
                  absl::StrCat(context.certificate_file, ": your certificate ended on ",
                               TimeText(own->not_after), ": ", kRenew, "; ", TlsClockAdvice(now)));
  }
  if (now < own->not_before) {
    return Refuse(rules::kCertificateNotYetValid,
                  absl::StrCat(context.certificate_file, ": your certificate begins on ",
                               TimeText(own->not_before), ": ", TlsClockAdvice(now)));
  }
  return absl::OkStatus();
}

// This checks the certificate that the gateway shows.
absl::Status GatewayCertificateFault(const Context& context, const std::string& name,
                                     const pki::TlsHandshake& greeting, absl::Time now) {
  const std::string shown = absl::StrCat("the certificate that ", context.address, " shows");
  switch (greeting.verdict) {
    case X509_V_OK:
      return absl::OkStatus();
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
      return Refuse(rules::kGatewayAuthorityUnknown,
                    absl::StrCat(shown, " is signed by no authority in ", context.ca_file,
                                 ": ask the office for its authority's certificate, and name it with "
                                 "`accordctl context set NAME --ca-file FILE`"));
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return Refuse(rules::kGatewayCertificateEnded,
                    absl::StrCat(shown, ", or its authority's, has ended: ", TlsClockAdvice(now),
                                 " If it is, tell who runs the gateway"));
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return Refuse(rules::kGatewayCertificateNotYetValid,
                    absl::StrCat(shown, ", or its authority's, has not begun: ", TlsClockAdvice(now),
                                 " If it is, tell who runs the gateway"));
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return Refuse(rules::kGatewayName, absl::StrCat(shown, " is not for ", name,
                                                      ": is the address right? `accordctl context set NAME "
                                                      "--server-name` names another"));
    default:
      return Refuse(rules::kGatewayCertificate, absl::StrCat(shown, ": ", greeting.verdict_text));
  }
}

// This explains the gateway's answer to this context's own certificate.
absl::Status OwnCertificateFault(const Context& context, int alert) {
  const std::string own = absl::StrCat(context.certificate_file, ": your certificate ");
  switch (alert) {
    case pki::kNoAlert:
      return absl::OkStatus();
    case pki::kCertificateRevoked:
      return Refuse(rules::kTlsCertificateRevoked, absl::StrCat(own, "was revoked: ", kRenew));
    case pki::kCertificateExpired:
      return Refuse(rules::kCertificateEnded,
                    absl::StrCat(own, "has ended by the gateway's clock: ", kRenew));
    case pki::kUnknownAuthority:
      return Refuse(rules::kCertificateAuthorityUnknown,
                    absl::StrCat(own, "is signed by an authority that the gateway does not know: ", kRenew));
    default:
      return Refuse(rules::kCertificateRefused,
                    absl::StrCat(own, "is not taken (TLS alert ", alert,
                                 "): `accordctl pki show FILE` says what it is; ", kRenew));
  }
}

}  // namespace

absl::Status WhyTlsFails(const Context& context, const TlsFiles& files, absl::Time now) {
  ACCORD_RETURN_IF_ERROR(CheckOwnTlsValidity(context, files, now));
  const std::string name = context.server_name.empty() ? HostOfAddress(context.address) : context.server_name;
  const pki::TlsHandshake greeting =
      pki::TryTlsHandshake(context.address, name, files.authorities, files.certificate, files.key);
  if (!greeting.host_exists) {
    return Refuse(rules::kAddressUnknown,
                  absl::StrCat("there is no host ", HostOfAddress(context.address),
                               ": correct it with `accordctl context set NAME --address HOST:PORT`"));
  }
  if (greeting.speaks_otherwise) {
    return Refuse(rules::kNotTls,
                  absl::StrCat("something answers at ", context.address,
                               ", and it is no gateway (it does not speak TLS): is the port right?"));
  }
  ACCORD_RETURN_IF_ERROR(GatewayCertificateFault(context, name, greeting, now));
  return OwnCertificateFault(context, greeting.alert);
}

}  // namespace accord::ctl
