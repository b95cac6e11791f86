// Keys and signing requests, in PEM.
#ifndef ACCORD_COMMON_PKI_KEYS_H_
#define ACCORD_COMMON_PKI_KEYS_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/access/assertion.h"

namespace accord::pki {

// EC P-256, for TLS. Null only if the library has no randomness.
Key NewTlsKey();
// Ed25519, for assertions and checkpoints.
Key NewSigningKey();

// PKCS #8, unencrypted.
std::string PrivatePem(const Key& key);
std::string PublicPem(const Key& key);
// Any kind of private key.
absl::StatusOr<Key> ReadPrivateKey(const std::string& pem);

// PKCS #10, signed by `key`. It names nothing: the authority writes every name itself.
std::string SigningRequest(const Key& key);
// The public key that a request asks to certify. INVALID_ARGUMENT with rule CSR_MALFORMED, CSR_SIGNATURE (not
// signed by its own key) or CSR_KEY_WEAK (accepted: Ed25519, EC P-256 and P-384, RSA from 3072 bits).
absl::StatusOr<Key> KeyOfRequest(const std::string& csr_pem);

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_KEYS_H_
