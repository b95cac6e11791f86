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

constexpr int kMinRsaBits = 3072, kMaxRsaBits = 4096, kMinExponentBits = 17, kMaxExponentBits = 64;

// This gives the number that OpenSSL calls `name` in a key, as text.
std::string KeyNumber(const Key& key, const char* name) {
  BIGNUM* read = nullptr;
  if (EVP_PKEY_get_bn_param(key.get(), name, &read) != 1) return "";
  const Number number(read);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number.get())), '\0');
  BN_bn2bin(number.get(), reinterpret_cast<unsigned char*>(bytes.data()));
  return Hex(bytes);
}

bool IsStrongRsaKey(EVP_PKEY* key) {
  const int bits = EVP_PKEY_get_bits(key);
  BIGNUM* read = nullptr;
  if (bits < kMinRsaBits || bits > kMaxRsaBits ||
      EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &read) != 1)
    return false;
  const Number exponent(read);
  const int size = BN_num_bits(exponent.get());
  return BN_is_odd(exponent.get()) == 1 && size >= kMinExponentBits && size <= kMaxExponentBits;
}

// Only named curves are accepted, since a request may otherwise define a curve of its own.
bool IsStrongCurveKey(EVP_PKEY* key) {
  char group[64] = {}, encoding[64] = {};
  std::size_t size = 0;
  if (EVP_PKEY_get_group_name(key, group, sizeof(group), &size) != 1) return false;
  const std::string_view name(group, size);
  if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_EC_ENCODING, encoding, sizeof(encoding), &size) !=
      1)
    return false;
  return (name == "prime256v1" || name == "secp384r1") && std::string_view(encoding, size) == "named_curve";
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
      return Hex(Sha256(absl::StrCat("rsa ", KeyNumber(key, OSSL_PKEY_PARAM_RSA_N), " ",
                                     KeyNumber(key, OSSL_PKEY_PARAM_RSA_E))));
    case EVP_PKEY_EC:
      return Hex(Sha256(absl::StrCat("ec ", KeyNumber(key, OSSL_PKEY_PARAM_EC_PUB_X), " ",
                                     KeyNumber(key, OSSL_PKEY_PARAM_EC_PUB_Y))));
    default:
      // Keys of the other kinds have only one encoding.
      return Hex(Sha256(Written([&](BIO* bio) { i2d_PUBKEY_bio(bio, key.get()); })));
  }
}

bool IsStrongKey(const Key& key) {
  switch (EVP_PKEY_get_base_id(key.get())) {
    case EVP_PKEY_ED25519:
      return true;
    case EVP_PKEY_EC:
      return IsStrongCurveKey(key.get());
    case EVP_PKEY_RSA:
      return IsStrongRsaKey(key.get());
    default:
      return false;
  }
}

}  // namespace accord::pki
