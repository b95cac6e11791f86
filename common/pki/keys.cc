#include "common/pki/keys.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "common/base/error.h"
#include "common/pki/openssl.h"

namespace accord::pki {
namespace {

absl::Status Invalid(std::string_view rule, std::string_view message) {
  return Refuse(absl::StatusCode::kInvalidArgument, rule, message);
}

bool StrongEnough(EVP_PKEY* key) {
  switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_ED25519:
      return true;
    case EVP_PKEY_EC: {
      char group[64] = {};
      std::size_t size = 0;
      if (EVP_PKEY_get_group_name(key, group, sizeof(group), &size) != 1) return false;
      const std::string_view name(group, size);
      return name == "prime256v1" || name == "secp384r1";
    }
    case EVP_PKEY_RSA:
      return EVP_PKEY_get_bits(key) >= 3072;
    default:
      return false;
  }
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

absl::StatusOr<Key> ReadPrivateKey(const std::string& pem) {
  Key key(PEM_read_bio_PrivateKey(Reader(pem).get(), nullptr, nullptr, nullptr));
  if (key == nullptr) return absl::InvalidArgumentError("not a private key in PEM");
  return key;
}

std::string SigningRequest(const Key& key) {
  Request request(X509_REQ_new());
  if (X509_REQ_set_pubkey(request.get(), key.get()) != 1 ||
      X509_REQ_sign(request.get(), key.get(), EVP_sha256()) <= 0) {
    return "";
  }
  return Written([&](BIO* bio) { PEM_write_bio_X509_REQ(bio, request.get()); });
}

absl::StatusOr<Key> KeyOfRequest(const std::string& csr_pem) {
  Request request(PEM_read_bio_X509_REQ(Reader(csr_pem).get(), nullptr, nullptr, nullptr));
  Key key(request == nullptr ? nullptr : X509_REQ_get_pubkey(request.get()));
  if (key == nullptr) return Invalid("CSR_MALFORMED", "csr_pem is not a PKCS #10 request in PEM.");
  if (!StrongEnough(key.get())) {
    return Invalid("CSR_KEY_WEAK", "Use an Ed25519, EC P-256 or P-384, or RSA key of 3072 bits or more.");
  }
  if (X509_REQ_verify(request.get(), key.get()) != 1) {
    return Invalid("CSR_SIGNATURE", "The request is not signed by its own key.");
  }
  return key;
}

}  // namespace accord::pki
