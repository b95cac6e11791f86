// Keys and signing requests, in PEM.
#ifndef ACCORD_COMMON_PKI_KEYS_H_
#define ACCORD_COMMON_PKI_KEYS_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/pki/ed25519.h"

namespace accord::pki {

// EC P-256, for TLS. Null only if the library has no randomness.
Key NewTlsKey();
// Ed25519, for assertions and checkpoints.
Key NewSigningKey();

// PKCS #8, unencrypted.
std::string PrivatePem(const Key& key);
std::string PublicPem(const Key& key);
// Says whether a private key in PEM needs a password.
bool IsEncryptedKey(std::string_view pem);
// Reads any kind of private key. INVALID_ARGUMENT with rule KEY_ENCRYPTED or KEY_MALFORMED.
absl::StatusOr<Key> ReadPrivateKey(const std::string& pem);

// Says whether it is a DNS name of a host; the first of its parts may be `*`.
bool IsHostName(std::string_view text);
// Whether it is an IPv4 or IPv6 address.
bool IsAddress(const std::string& text);

// This bounds the size of a signing request in PEM.
inline constexpr std::size_t kMaxRequestBytes = 16384;

// PKCS #10, signed by `key`. It names nothing: the authority writes every name itself.
std::string SigningRequest(const Key& key);
// 64 hex digits by which a public key is told from every other one: a digest of its numbers, and not of its
// encoding, since the same point of a curve can be written in more than one way.
std::string KeyDigest(const Key& key);
// Gives the public key that a request asks to certify; whatever else it asks for is ignored. INVALID_ARGUMENT
// with rule CSR_TOO_LARGE, CSR_MALFORMED (not one request in PEM and nothing else), CSR_SIGNATURE (not signed
// by its own key, with SHA-256 or better) or CSR_KEY_WEAK (accepted: Ed25519, EC P-256 and P-384 by name, RSA
// of 3072 to 4096 bits whose exponent is odd, above 65536 and of at most 64 bits: checking is then cheap).
absl::StatusOr<Key> KeyOfRequest(const std::string& csr_pem);

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_KEYS_H_
