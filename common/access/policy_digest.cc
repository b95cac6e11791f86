#include "common/access/policy_digest.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "common/base/ids.h"

namespace accord {

PolicyDigest::Words PolicyDigest::HashOf(std::string_view key, std::string_view entry) {
  const std::string hash = Sha256(std::to_string(key.size()) + ":" + std::string(key) + std::string(entry));
  Words words = {};
  for (std::size_t i = 0; i < hash.size(); ++i) {
    words[i / 8] = words[i / 8] << 8 | static_cast<unsigned char>(hash[i]);
  }
  return words;
}

void PolicyDigest::Add(const Words& hash) {
  for (std::size_t i = 0; i < sum_.size(); ++i) sum_[i] += hash[i];
}

void PolicyDigest::Subtract(const Words& hash) {
  for (std::size_t i = 0; i < sum_.size(); ++i) sum_[i] -= hash[i];
}

std::string PolicyDigest::Bytes() const {
  std::string bytes;
  for (const uint64_t word : sum_) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(word >> shift & 0xff));
  }
  return bytes;
}

std::string PolicyKey(const registry::v1::AgencyPolicy& entry) {
  return absl::StrCat("agency/", entry.agency());
}
std::string PolicyKey(const registry::v1::SystemPolicy& entry) {
  return absl::StrCat("system/", entry.agency(), "/", entry.system());
}
std::string PolicyKey(const registry::v1::ActorPolicy& entry) {
  return absl::StrCat("actor/", entry.agency(), "/", entry.actor());
}
std::string PolicyKey(const registry::v1::CertificatePolicy& entry) {
  return absl::StrCat("certificate/", entry.fingerprint());
}

}  // namespace accord
