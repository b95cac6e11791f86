#include "common/base/ids.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <cstdint>
#include <cstdlib>

#include "absl/strings/escaping.h"

namespace accord {
namespace {

unsigned char* Raw(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }
const unsigned char* Raw(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

}  // namespace

std::string RandomBytes(std::size_t count) {
  std::string bytes(count, '\0');
  // Without randomness no key, id or salt is safe: there is nothing sensible to continue with.
  if (RAND_bytes(Raw(bytes), static_cast<int>(count)) != 1) std::abort();
  return bytes;
}

std::string NewId(absl::Time now) {
  static constexpr char kAlphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
  const auto ms = static_cast<uint64_t>(absl::ToUnixMillis(now));
  std::string id(26, '0');
  for (int i = 0; i < 10; ++i) id[i] = kAlphabet[(ms >> (5 * (9 - i))) & 31];
  const std::string random = RandomBytes(16);
  for (int i = 0; i < 16; ++i) id[10 + i] = kAlphabet[static_cast<unsigned char>(random[i]) & 31];
  return id;
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
  SHA256(Raw(bytes), bytes.size(), Raw(digest));
  return digest;
}

std::string HmacSha256(std::string_view key, std::string_view bytes) {
  std::string mac(SHA256_DIGEST_LENGTH, '\0');
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), Raw(bytes), bytes.size(), Raw(mac), &size);
  return mac;
}

}  // namespace accord
