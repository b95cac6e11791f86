// These are the Ed25519 keys of gateways, of the log and of its witnesses, and their signatures.
#ifndef ACCORD_COMMON_PKI_ED25519_H_
#define ACCORD_COMMON_PKI_ED25519_H_

#include <openssl/types.h>

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace accord {

struct KeyDeleter {
  void operator()(EVP_PKEY* key) const;
};
using Key = std::unique_ptr<EVP_PKEY, KeyDeleter>;

// These read an Ed25519 key in PEM.
absl::StatusOr<Key> LoadPrivateKey(const std::string& pem);
absl::StatusOr<Key> LoadPublicKey(const std::string& pem);
// This gives the raw public key, 32 bytes.
std::string RawPublicKey(const Key& key);
// This makes a public key from its raw bytes, and gives null unless there are 32.
Key PublicKeyOf(std::string_view raw);
// This gives the Ed25519 signature, 64 bytes.
std::string SignEd25519(const Key& key, std::string_view message);
bool VerifyEd25519(const Key& key, std::string_view message, std::string_view signature);

}  // namespace accord

#endif  // ACCORD_COMMON_PKI_ED25519_H_
