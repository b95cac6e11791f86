// A holder of a key asks for a certificate by a PKCS #10 request.
#ifndef ACCORD_COMMON_PKI_SIGNING_REQUEST_H_
#define ACCORD_COMMON_PKI_SIGNING_REQUEST_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "common/pki/keys.h"

namespace accord::pki {

// A signing request in PEM has at most this many bytes.
inline constexpr std::size_t kMaxRequestBytes = 16384;

// This makes a PKCS #10 request signed by `key`. It contains no names, because the authority writes every
// name itself.
std::string SigningRequest(const Key& key);
// This gives the public key that a request asks to certify; whatever else it asks for is ignored. It returns
// INVALID_ARGUMENT with one of these rules: CSR_TOO_LARGE; CSR_MALFORMED (not exactly one request in PEM);
// CSR_SIGNATURE (not signed by its own key with SHA-256 or better); CSR_KEY_WEAK (a key that
// IsStrongKey denies).
absl::StatusOr<Key> KeyOfRequest(const std::string& csr_pem);

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_SIGNING_REQUEST_H_
