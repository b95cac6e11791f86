#include "common/pki/keys.h"

#include <arpa/inet.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/pki/openssl.h"

namespace accord::pki {
namespace {

constexpr int kMinRsaBits = 3072, kMaxRsaBits = 4096, kMinExponentBits = 17, kMaxExponentBits = 64;

bool RsaStrongEnough(EVP_PKEY* key) {
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
bool CurveStrongEnough(EVP_PKEY* key) {
  char group[64] = {}, encoding[64] = {};
  std::size_t size = 0;
  if (EVP_PKEY_get_group_name(key, group, sizeof(group), &size) != 1) return false;
  const std::string_view name(group, size);
  if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_EC_ENCODING, encoding, sizeof(encoding), &size) !=
      1)
    return false;
  return (name == "prime256v1" || name == "secp384r1") && std::string_view(encoding, size) == "named_curve";
}

bool StrongEnough(EVP_PKEY* key) {
  switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_ED25519:
      return true;
    case EVP_PKEY_EC:
      return CurveStrongEnough(key);
    case EVP_PKEY_RSA:
      return RsaStrongEnough(key);
    default:
      return false;
  }
}

// Gives the number that OpenSSL calls `name` in a key, as text.
std::string NumberOf(const Key& key, const char* name) {
  BIGNUM* read = nullptr;
  if (EVP_PKEY_get_bn_param(key.get(), name, &read) != 1) return "";
  const Number number(read);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number.get())), '\0');
  BN_bn2bin(number.get(), reinterpret_cast<unsigned char*>(bytes.data()));
  return Hex(bytes);
}

bool SignedStrongly(const X509_REQ* request) {
  switch (X509_REQ_get_signature_nid(request)) {
    case NID_sha256WithRSAEncryption:
    case NID_sha384WithRSAEncryption:
    case NID_sha512WithRSAEncryption:
    case NID_ecdsa_with_SHA256:
    case NID_ecdsa_with_SHA384:
    case NID_ecdsa_with_SHA512:
    case NID_ED25519:
      return true;
    default:
      return false;
  }
}

// Only one PEM block is accepted, because somebody may have pasted a private key along with
// the request.
bool IsOneBlock(std::string_view pem) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  const std::size_t at = pem.find(kBegin);
  return at != std::string_view::npos && pem.find(kBegin, at + 1) == std::string_view::npos;
}

// Whether the text is a label of a host name, between dots.
bool IsLabel(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-'; });
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

std::string SigningRequest(const Key& key) {
  Request request(X509_REQ_new());
  if (X509_REQ_set_pubkey(request.get(), key.get()) != 1 ||
      X509_REQ_sign(request.get(), key.get(), DigestFor(key)) <= 0) {
    return "";
  }
  return Written([&](BIO* bio) { PEM_write_bio_X509_REQ(bio, request.get()); });
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

absl::StatusOr<Key> KeyOfRequest(const std::string& csr_pem) {
  if (csr_pem.size() > kMaxRequestBytes)
    return Refuse(rules::kCsrTooLarge, "A request has at most 16384 bytes.");
  if (!IsOneBlock(csr_pem))
    return Refuse(rules::kCsrMalformed, "csr_pem is not one PKCS #10 request in PEM.");
  Request request(PEM_read_bio_X509_REQ(Reader(csr_pem).get(), nullptr, NoPassword, nullptr));
  Key key(request == nullptr ? nullptr : X509_REQ_get_pubkey(request.get()));
  if (key == nullptr) return Refuse(rules::kCsrMalformed, "csr_pem is not one PKCS #10 request in PEM.");
  if (!StrongEnough(key.get())) {
    return Refuse(rules::kCsrKeyWeak, "Use an Ed25519, EC P-256 or P-384, or RSA key of 3072 to 4096 bits.");
  }
  if (!SignedStrongly(request.get()) || X509_REQ_verify(request.get(), key.get()) != 1) {
    return Refuse(rules::kCsrSignature, "The request is not signed by its own key with SHA-256 or better.");
  }
  return key;
}

bool IsHostName(std::string_view text) {
  if (text.size() > 253) return false;
  if (text.substr(0, 2) == "*.") text.remove_prefix(2);
  for (;;) {
    const std::size_t dot = text.find('.');
    if (!IsLabel(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool IsAddress(const std::string& text) {
  unsigned char bytes[sizeof(in6_addr)];
  // A text with a NUL would be parsed only up to it.
  return text.find('\0') == std::string::npos &&
         (inet_pton(AF_INET, text.c_str(), bytes) == 1 || inet_pton(AF_INET6, text.c_str(), bytes) == 1);
}

}  // namespace accord::pki
