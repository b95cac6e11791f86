// The registry and the gateways compare this digest to see that they hold the same policy.
#ifndef ACCORD_COMMON_ACCESS_POLICY_DIGEST_H_
#define ACCORD_COMMON_ACCESS_POLICY_DIGEST_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "accord/registry/v1/policy_service.pb.h"

namespace accord {

// The digest is the sum of the hashes of all entries, modulo 2^64 in each of four words. The order of the
// entries does not matter, and replacing one costs two hashes.
class PolicyDigest {
 public:
  using Words = std::array<uint64_t, 4>;
  // This is the digest of one entry under its key.
  static Words HashOf(std::string_view key, std::string_view entry);

  void Add(const Words& hash);
  void Subtract(const Words& hash);
  // This gives the digest as 32 bytes.
  std::string Bytes() const;

 private:
  Words sum_ = {};
};

// This gives the key that identifies an entry, for example `actor/cas-york/w1`. A newer entry replaces the
// one with the same key.
std::string PolicyKey(const registry::v1::AgencyPolicy& entry);
std::string PolicyKey(const registry::v1::SystemPolicy& entry);
std::string PolicyKey(const registry::v1::ActorPolicy& entry);
std::string PolicyKey(const registry::v1::CertificatePolicy& entry);

// This calls `fn(entry)` for each entry of an update.
template <class Fn>
void ForEachEntry(const registry::v1::PolicyUpdate& update, Fn fn) {
  for (const auto& entry : update.agencies()) fn(entry);
  for (const auto& entry : update.systems()) fn(entry);
  for (const auto& entry : update.actors()) fn(entry);
  for (const auto& entry : update.certificates()) fn(entry);
}

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_POLICY_DIGEST_H_
