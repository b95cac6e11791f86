// Keys and signing requests, in PEM.
#ifndef ACCORD_COMMON_PKI_KEYS_H_
#define ACCORD_COMMON_PKI_KEYS_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/pki/ed25519.h"

namespace accord::pki {

// Makes an EC P-256 key for TLS. Null only if the library has no randomness.
Key NewTlsKey();
// Makes an Ed25519 key for assertions and checkpoints.
Key NewSigningKey();

// Gives the key as PKCS #8, unencrypted.
std::string PrivatePem(const Key& key);
std::string PublicPem(const Key& key);
// Says whether a private key in PEM needs a password.
bool IsEncryptedKey(std::string_view pem);
// Reads any kind of private key. INVALID_ARGUMENT with rule KEY_ENCRYPTED or KEY_MALFORMED.
absl::StatusOr<Key> ReadPrivateKey(const std::string& pem);

// Whether the text is the DNS name of a host; its first label may be `*`.
bool IsHostName(std::string_view text);
// Whether it is an IPv4 or IPv6 address.
bool IsAddress(const std::string& text);

// The largest signing request in PEM, in bytes.
inline constexpr std::size_t kMaxRequestBytes = 16384;

// Makes a PKCS #10 request signed by `key`. It contains no names, because the authority writes
// every name itself.
std::string SigningRequest(const Key& key);
// Gives 64 hex digits that identify a public key: a digest of its numbers and not of its encoding,
// because the same point of a curve can be encoded in more than one way.
std::string KeyDigest(const Key& key);
// Gives the public key that a request asks to certify; whatever else it asks for is ignored.
// INVALID_ARGUMENT with one of these rules: CSR_TOO_LARGE; CSR_MALFORMED (not exactly one request
// in PEM); CSR_SIGNATURE (not signed by its own key with SHA-256 or better); CSR_KEY_WEAK. Accepted
// keys are Ed25519, EC P-256 and P-384 by name, and RSA of 3072 to 4096 bits with an odd exponent
// above 65536 and of at most 64 bits, which keeps the check cheap.
absl::StatusOr<Key> KeyOfRequest(const std::string& csr_pem);

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_KEYS_H_
