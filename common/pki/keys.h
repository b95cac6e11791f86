// These functions make keys, write and read them in PEM, identify them and judge how strong they are.
#ifndef ACCORD_COMMON_PKI_KEYS_H_
#define ACCORD_COMMON_PKI_KEYS_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/pki/ed25519.h"

namespace accord::pki {

// This makes an EC P-256 key for TLS. It is null only if the library has no randomness.
Key NewTlsKey();
// This makes an Ed25519 key for assertions and checkpoints.
Key NewSigningKey();

// This gives the key as PKCS #8, unencrypted.
std::string PrivatePem(const Key& key);
std::string PublicPem(const Key& key);
// This says whether a private key in PEM needs a password.
bool IsEncryptedKey(std::string_view pem);
// This reads any kind of private key. It returns INVALID_ARGUMENT with rule KEY_ENCRYPTED or KEY_MALFORMED.
absl::StatusOr<Key> ReadPrivateKey(const std::string& pem);

// This gives 64 hex digits that identify a public key: a digest of its numbers and not of its encoding,
// because the same point of a curve can be encoded in more than one way.
std::string KeyDigest(const Key& key);

// This says whether a key is strong enough to be certified: an Ed25519 key, one of EC P-256 or P-384 by name,
// or an RSA key of 3072 to 4096 bits with an odd exponent above 65536 and of at most 64 bits, which keeps the
// check cheap.
bool IsStrongKey(const Key& key);

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_KEYS_H_
