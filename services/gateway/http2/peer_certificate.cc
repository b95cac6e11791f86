#include "services/gateway/http2/peer_certificate.h"

#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>

#include "services/gateway/http2/tls.h"

namespace accord::gateway {
namespace {

bool IsIdInCertificate(std::string_view id) {
  return !id.empty() && id.size() <= 63 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
}

}  // namespace

std::string CertificateFingerprint(const X509* certificate) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (certificate == nullptr || X509_digest(certificate, EVP_sha256(), digest, &size) != 1) return "";
  return {reinterpret_cast<char*>(digest), size};
}

std::optional<PeerCertificate> PeerCertificateOf(const SSL* ssl) {
  std::unique_ptr<X509, TlsFree> certificate(SSL_get1_peer_certificate(ssl));
  if (certificate == nullptr) return std::nullopt;
  PeerCertificate peer;
  peer.fingerprint = CertificateFingerprint(certificate.get());
  if (peer.fingerprint.empty()) return std::nullopt;
  auto* names = static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate.get(), NID_subject_alt_name, nullptr, nullptr));
  for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names, i);
    if (name->type != GEN_URI) continue;
    const ASN1_IA5STRING* uri = name->d.uniformResourceIdentifier;
    peer.uris.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(uri)),
                           static_cast<std::size_t>(ASN1_STRING_length(uri)));
  }
  GENERAL_NAMES_free(names);
  return peer;
}

std::optional<AgencyIdentity> AgencyIdentityOf(const std::vector<std::string>& uris) {
  constexpr std::string_view kPrefix = "spiffe://accord.example/agency/";
  constexpr std::string_view kTrainingPrefix = "spiffe://training.accord.example/agency/";
  constexpr std::string_view kMiddle = "/system/";
  if (uris.size() != 1) return std::nullopt;
  const bool training = uris[0].starts_with(kTrainingPrefix);
  if (!training && !uris[0].starts_with(kPrefix)) return std::nullopt;
  const std::string_view rest =
      std::string_view(uris[0]).substr(training ? kTrainingPrefix.size() : kPrefix.size());
  const std::size_t at = rest.find(kMiddle);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view agency = rest.substr(0, at);
  const std::string_view system = rest.substr(at + kMiddle.size());
  if (!IsIdInCertificate(agency) || !IsIdInCertificate(system)) return std::nullopt;
  return AgencyIdentity{std::string(agency), std::string(system), training};
}

}  // namespace accord::gateway
