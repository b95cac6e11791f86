// This is what the certificate of whoever is at the other end of a connection says, and the agency in it.
#ifndef ACCORD_SERVICES_GATEWAY_HTTP2_PEER_CERTIFICATE_H_
#define ACCORD_SERVICES_GATEWAY_HTTP2_PEER_CERTIFICATE_H_

#include <openssl/ssl.h>

#include <optional>
#include <string>
#include <vector>

namespace accord::gateway {

// This gives the SHA-256 of the DER, 32 bytes, or nothing if there is no certificate.
std::string CertificateFingerprint(const X509* certificate);

// This is what a certificate carries.
struct PeerCertificate {
  std::vector<std::string> uris;
  // This is the SHA-256 of the DER, 32 bytes.
  std::string fingerprint;
};
std::optional<PeerCertificate> PeerCertificateOf(const SSL* ssl);

struct AgencyIdentity {
  std::string agency;
  std::string system;
  // It is true if the certificate is of an installation for training.
  bool training = false;
};
// This gives nullopt unless there is exactly one URI and it is
// `spiffe://accord.example/agency/<a>/system/<s>`, or the same of the trust domain training.accord.example.
std::optional<AgencyIdentity> AgencyIdentityOf(const std::vector<std::string>& uris);

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_PEER_CERTIFICATE_H_
