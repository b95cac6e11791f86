// These are the contents of certificates, which are read from PEM.
#ifndef ACCORD_COMMON_PKI_CERTIFICATE_H_
#define ACCORD_COMMON_PKI_CERTIFICATE_H_

#include <openssl/types.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace accord::pki {

struct X509Deleter {
  void operator()(X509* certificate) const;
};
using Certificate = std::unique_ptr<X509, X509Deleter>;

// These are the contents of a certificate apart from its key.
struct Shape {
  std::string common_name;
  // These are subject alternative names, in order: `URI:spiffe://...`, `DNS:localhost`, `IP:127.0.0.1`.
  std::vector<std::string> names = {};
  // This is `clientAuth`, `serverAuth` or both, separated by a comma.
  std::string usage = "clientAuth";
  absl::Time not_before, not_after;
};

struct Issued {
  std::string pem;
  // This is the SHA-256 of the DER, 32 bytes.
  std::string fingerprint;
  // This is the only URI among its names; it is empty if there is none or more than one.
  std::string uri;
  // This is the first of its DNS names, at which the holder can be reached; it is empty if there is none.
  std::string host;
  absl::Time not_before, not_after;
};

// A certificate is valid from `begin` on until just before `end`.
struct Validity {
  absl::Time begin, end;
};

// This gives what the first certificate of a PEM text says. It returns INVALID_ARGUMENT if there is none.
absl::StatusOr<Issued> ReadCertificate(const std::string& pem);
// This gives the KeyDigest of the key that the first certificate of a PEM text is for. It returns
// INVALID_ARGUMENT if there is none.
absl::StatusOr<std::string> KeyDigestOf(const std::string& certificate_pem);

// This gives the contents of the certificate apart from its key, for its successor; the caller sets
// the times.
absl::StatusOr<Shape> ShapeOf(const std::string& certificate_pem);

// This gives the contents of each certificate in a text, in order. It returns INVALID_ARGUMENT if there
// is none.
absl::StatusOr<std::vector<Issued>> ReadCertificates(const std::string& pem);

// The following functions are for the .cc files of this folder.

// This gives what the certificate says.
Issued DescribeCertificate(const X509* certificate);
// This gives the first certificate of a PEM text; it is null if there is none.
Certificate ParseCertificate(const std::string& pem);
std::string CertificatePem(const X509* certificate);
Validity ValidityOf(const X509* certificate);
// This gives the common name of the subject.
std::string CommonNameOf(const X509* certificate);

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_CERTIFICATE_H_
