// Signs agencies' certificates. Private keys never come here: an agency sends a signing request.
#ifndef ACCORD_SERVICES_REGISTRY_CERTIFICATE_AUTHORITY_H_
#define ACCORD_SERVICES_REGISTRY_CERTIFICATE_AUTHORITY_H_

#include <openssl/types.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/access/assertion.h"

namespace accord::registry {

struct X509Deleter {
  void operator()(X509* certificate) const;
};
using X509Ptr = std::unique_ptr<X509, X509Deleter>;

struct Issued {
  std::string pem;
  // SHA-256 of the DER, 32 bytes.
  std::string fingerprint;
  absl::Time not_before, not_after;
};

class CertificateAuthority {
 public:
  // PEM of the authority's certificate and key, which must belong together.
  static absl::StatusOr<CertificateAuthority> Load(const std::string& certificate_pem,
                                                   const std::string& key_pem);

  // Signs a PKCS #10 request for `spiffe://accord.example/agency/<agency>/system/<system>`; whatever else the
  // request asks for is ignored. Valid for `days`, never beyond the authority itself. INVALID_ARGUMENT with
  // rule CSR_MALFORMED, CSR_SIGNATURE (not signed by its own key) or CSR_KEY_WEAK (accepted: Ed25519, EC
  // P-256 and P-384, RSA from 3072 bits).
  absl::StatusOr<Issued> Sign(const std::string& csr_pem, const std::string& agency,
                              const std::string& system, int days, absl::Time now) const;

  // A certificate that was signed elsewhere with this authority's key, for this system.
  absl::StatusOr<Issued> Inspect(const std::string& pem, const std::string& agency,
                                 const std::string& system) const;

 private:
  CertificateAuthority(X509Ptr certificate, Key key)
      : certificate_(std::move(certificate)), key_(std::move(key)) {}
  X509Ptr certificate_;
  Key key_;
};

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_CERTIFICATE_AUTHORITY_H_
