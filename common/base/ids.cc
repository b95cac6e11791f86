#include "common/base/ids.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <cstdint>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"

namespace accord {
namespace {

unsigned char* Octets(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }
const unsigned char* Octets(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

// Random bytes for identifiers. Many are drawn at a time, because a draw costs more than a thousand
// bytes of it.
class IdBytes {
 public:
  unsigned char Next() {
    if (used_ == sizeof pool_) {
      if (RAND_bytes(pool_, sizeof pool_) != 1) std::abort();
      used_ = 0;
    }
    return pool_[used_++];
  }

 private:
  unsigned char pool_[1024];
  std::size_t used_ = sizeof pool_;
};

// The state of an HMAC after its key, which is computed once for as long as a thread uses the
// same key.
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
                           : EVP_MAC_init(context_, Octets(key), key.size(), parameters) == 1;
    std::size_t size = 0;
    if (!ready || EVP_MAC_update(context_, Octets(bytes), bytes.size()) != 1 ||
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

std::string RandomBytes(std::size_t count) {
  std::string bytes(count, '\0');
  // Without randomness no key, id or salt is safe, so the process cannot continue.
  if (RAND_bytes(Octets(bytes), static_cast<int>(count)) != 1) std::abort();
  return bytes;
}

std::string NewId(absl::Time now) {
  static constexpr char kAlphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
  const auto ms = static_cast<uint64_t>(absl::ToUnixMillis(now));
  std::string id(26, '0');
  for (int i = 0; i < 10; ++i) id[i] = kAlphabet[(ms >> (5 * (9 - i))) & 31];
  static thread_local IdBytes random;
  for (int i = 0; i < 16; ++i) id[10 + i] = kAlphabet[random.Next() & 31];
  return id;
}

bool IsId(std::string_view text) {
  if (text.empty() || text.size() > 63 || !absl::ascii_islower(static_cast<unsigned char>(text[0]))) {
    return false;
  }
  for (const unsigned char c : text) {
    if (!absl::ascii_islower(c) && !absl::ascii_isdigit(c) && c != '-') return false;
  }
  return true;
}

std::string Hex(std::string_view bytes) {
  return absl::BytesToHexString(absl::string_view(bytes.data(), bytes.size()));
}

std::string Base64(std::string_view bytes) {
  return absl::Base64Escape(absl::string_view(bytes.data(), bytes.size()));
}

std::optional<std::string> Unbase64(std::string_view text) {
  std::string bytes;
  if (!absl::Base64Unescape(absl::string_view(text.data(), text.size()), &bytes)) return std::nullopt;
  return bytes;
}

std::string Sha256(std::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(Octets(bytes), bytes.size(), Octets(digest));
  return digest;
}

std::string HmacSha256(std::string_view key, std::string_view bytes) {
  std::string mac(SHA256_DIGEST_LENGTH, '\0');
  static thread_local Keyed keyed;
  keyed.Sign(key, bytes, Octets(mac));
  return mac;
}

std::string RevisionDigest(std::string_view service, std::string_view name, int64_t version) {
  std::string text(service);
  text.append("\n").append(name).append("\n").append(std::to_string(version));
  return Sha256(text).substr(0, 16);
}

}  // namespace accord
