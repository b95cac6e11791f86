#include "common/pki/ed25519.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

namespace accord {
namespace {

struct BioDeleter {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
struct MdDeleter {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// Prevents OpenSSL from asking at this process's terminal for a password when it reads a PEM text
// from outside.
int NoPassword(char*, int, int, void*) { return -1; }

std::unique_ptr<BIO, BioDeleter> Bio(const std::string& text) {
  return std::unique_ptr<BIO, BioDeleter>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

absl::StatusOr<Key> CheckedEd25519(EVP_PKEY* raw) {
  Key key(raw);
  if (key == nullptr || EVP_PKEY_id(key.get()) != EVP_PKEY_ED25519) {
    return absl::InvalidArgumentError("not an Ed25519 key in PEM");
  }
  return key;
}

const unsigned char* RawEd25519(std::string_view s) {
  return reinterpret_cast<const unsigned char*>(s.data());
}

}  // namespace

void KeyDeleter::operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }

absl::StatusOr<Key> LoadPrivateKey(const std::string& pem) {
  return CheckedEd25519(PEM_read_bio_PrivateKey(Bio(pem).get(), nullptr, NoPassword, nullptr));
}

absl::StatusOr<Key> LoadPublicKey(const std::string& pem) {
  return CheckedEd25519(PEM_read_bio_PUBKEY(Bio(pem).get(), nullptr, NoPassword, nullptr));
}

std::string RawPublicKey(const Key& key) {
  std::string raw(32, '\0');
  std::size_t size = raw.size();
  EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(raw.data()), &size);
  return raw;
}

Key PublicKeyOf(std::string_view raw) {
  return Key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, RawEd25519(raw), raw.size()));
}

std::string SignEd25519(const Key& key, std::string_view message) {
  std::unique_ptr<EVP_MD_CTX, MdDeleter> context(EVP_MD_CTX_new());
  std::string signature(64, '\0');
  std::size_t size = signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     RawEd25519(message), message.size()) != 1) {
    return "";
  }
  return signature;
}

bool VerifyEd25519(const Key& key, std::string_view message, std::string_view signature) {
  std::unique_ptr<EVP_MD_CTX, MdDeleter> context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), RawEd25519(signature), signature.size(), RawEd25519(message),
                          message.size()) == 1;
}

}  // namespace accord
