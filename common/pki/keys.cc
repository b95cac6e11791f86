#include "common/pki/keys.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "absl/strings/str_cat.h"
#include "common/base/digest.h"
#include "common/base/encoding.h"
#include "common/base/error.h"
#include "common/pki/openssl.h"

namespace accord::pki {
namespace {

// This gives the number that OpenSSL calls `name` in a key, as text.
std::string NumberOf(const Key& key, const char* name) {
  BIGNUM* read = nullptr;
  if (EVP_PKEY_get_bn_param(key.get(), name, &read) != 1) return "";
  const Number number(read);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number.get())), '\0');
  BN_bn2bin(number.get(), reinterpret_cast<unsigned char*>(bytes.data()));
  return Hex(bytes);
}

}  // namespace

Key NewTlsKey() { return Key(EVP_EC_gen("P-256")); }
Key NewSigningKey() { return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")); }

std::string PrivatePem(const Key& key) {
  return Written([&](BIO* bio) {
    PEM_write_bio_PKCS8PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

std::string PublicPem(const Key& key) {
  return Written([&](BIO* bio) { PEM_write_bio_PUBKEY(bio, key.get()); });
}

bool IsEncryptedKey(std::string_view pem) {
  return pem.find("-----BEGIN ENCRYPTED PRIVATE KEY-----") != std::string_view::npos ||
         pem.find("Proc-Type: 4,ENCRYPTED") != std::string_view::npos;
}

absl::StatusOr<Key> ReadPrivateKey(const std::string& pem) {
  Key key(PEM_read_bio_PrivateKey(Reader(pem).get(), nullptr, NoPassword, nullptr));
  if (key != nullptr) return key;
  if (IsEncryptedKey(pem)) {
    return Refuse(rules::kKeyEncrypted,
                  "the private key is encrypted, and nobody is asked for a password: `openssl pkey -in FILE "
                  "-out PLAIN` writes it plain, into a file that you alone may read");
  }
  return Refuse(rules::kKeyMalformed, "not a private key in PEM");
}

const EVP_MD* DigestFor(const Key& key) {
  return EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256();
}

std::string KeyDigest(const Key& key) {
  switch (EVP_PKEY_get_base_id(key.get())) {
    case EVP_PKEY_RSA:
    case EVP_PKEY_RSA_PSS:
      return Hex(Sha256(absl::StrCat("rsa ", NumberOf(key, OSSL_PKEY_PARAM_RSA_N), " ",
                                     NumberOf(key, OSSL_PKEY_PARAM_RSA_E))));
    case EVP_PKEY_EC:
      return Hex(Sha256(absl::StrCat("ec ", NumberOf(key, OSSL_PKEY_PARAM_EC_PUB_X), " ",
                                     NumberOf(key, OSSL_PKEY_PARAM_EC_PUB_Y))));
    default:
      // Keys of the other kinds have only one encoding.
      return Hex(Sha256(Written([&](BIO* bio) { i2d_PUBKEY_bio(bio, key.get()); })));
  }
}

}  // namespace accord::pki
