#include "common/base/digest.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <cstddef>
#include <cstdlib>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/base/encoding.h"

namespace accord {
namespace {

unsigned char* DigestOctets(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }
const unsigned char* DigestOctets(std::string_view s) {
  return reinterpret_cast<const unsigned char*>(s.data());
}

// This is the key's part of an HMAC, which is done once for as long as a thread uses the same key.
class Keyed {
 public:
  Keyed() {
    EVP_MAC* mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    context_ = EVP_MAC_CTX_new(mac);
    EVP_MAC_free(mac);
  }
  ~Keyed() { EVP_MAC_CTX_free(context_); }
  void Sign(std::string_view key, std::string_view bytes, unsigned char* mac) {
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                     OSSL_PARAM_construct_end()};
    const bool ready = primed_ && key == key_
                           ? EVP_MAC_init(context_, nullptr, 0, nullptr) == 1
                           : EVP_MAC_init(context_, DigestOctets(key), key.size(), parameters) == 1;
    std::size_t size = 0;
    if (!ready || EVP_MAC_update(context_, DigestOctets(bytes), bytes.size()) != 1 ||
        EVP_MAC_final(context_, mac, &size, SHA256_DIGEST_LENGTH) != 1) {
      std::abort();
    }
    key_ = key;
    primed_ = true;
  }

 private:
  EVP_MAC_CTX* context_ = nullptr;
  std::string key_;
  bool primed_ = false;
};

}  // namespace

std::string Sha256(std::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(DigestOctets(bytes), bytes.size(), DigestOctets(digest));
  return digest;
}

std::string HmacSha256(std::string_view key, std::string_view bytes) {
  std::string mac(SHA256_DIGEST_LENGTH, '\0');
  static thread_local Keyed keyed;
  keyed.Sign(key, bytes, DigestOctets(mac));
  return mac;
}

std::string RevisionDigest(std::string_view service, std::string_view name, int64_t version) {
  std::string text(service);
  text.append("\n").append(name).append("\n").append(std::to_string(version));
  return Sha256(text).substr(0, 16);
}

void Sha256Pieces::Free::operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }

Sha256Pieces::Sha256Pieces() : context_(EVP_MD_CTX_new()) {
  if (context_ == nullptr || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) std::abort();
}

void Sha256Pieces::Add(std::string_view piece) {
  if (EVP_DigestUpdate(context_.get(), piece.data(), piece.size()) != 1) std::abort();
}

std::string Sha256Pieces::Finish() {
  std::string digest(32, '\0');
  auto* const octets = reinterpret_cast<unsigned char*>(digest.data());
  if (EVP_DigestFinal_ex(context_.get(), octets, nullptr) != 1) std::abort();
  return digest;
}

absl::StatusOr<std::string> FileDigest(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  Sha256Pieces digest;
  std::string block(1 << 20, '\0');
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
    digest.Add(std::string_view(block.data(), static_cast<std::size_t>(in.gcount())));
  }
  if (!in.eof()) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  return Hex(digest.Finish());
}

}  // namespace accord
