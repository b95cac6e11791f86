// A caller assertion is signed by a gateway and verified by a service.
#ifndef ACCORD_COMMON_ACCESS_ASSERTION_H_
#define ACCORD_COMMON_ACCESS_ASSERTION_H_

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "accord/caller/v1/caller.pb.h"
#include "common/access/decide.h"
#include "common/pki/ed25519.h"

namespace accord {

inline constexpr char kCallerHeader[] = "accord-caller-bin";
inline constexpr char kTouchedTrailer[] = "accord-touched-bin";
// This trailer lists the fields that were masked in an answer, separated by commas.
inline constexpr char kMaskedTrailer[] = "accord-masked";
inline constexpr char kActorHeader[] = "accord-actor";
inline constexpr char kPurposeHeader[] = "accord-purpose";
// This header is `en` or `fr`: the language in which people are told why the call was
// refused (common/base/language.h).
inline constexpr char kLanguageHeader[] = "accord-language";
// With the value `true`, a change is only validated: it is decided on, and not made.
inline constexpr char kValidateOnlyHeader[] = "accord-validate-only";
inline constexpr absl::Duration kAssertionLife = absl::Seconds(30);
// The clocks of a gateway and a service may differ by this much in either direction. Without
// the tolerance, a replica whose clock is slightly wrong would refuse a call that another
// replica serves.
inline constexpr absl::Duration kClockSkew = absl::Seconds(30);

// This is the first 8 bytes of SHA-256 of the raw public key.
std::string AssertionKeyId(const Key& key);
// This computes the field CallerAssertion.request_hash.
std::string AssertedRequestHash(std::string_view salt, std::string_view request, bool validate_only = false);

// This returns a serialized SignedCallerAssertion.
std::string SignAssertion(const Key& key, const caller::v1::CallerAssertion& assertion,
                          const std::string& request_salt = "");
// This gives the signed assertion if it was valid at the given instant and is meant for this audience. It
// returns UNAUTHENTICATED with rule CALLER_ASSERTION_INVALID otherwise; it returns UNAVAILABLE with rule
// CLOCKS_DIFFER if the instant alone is wrong.
absl::StatusOr<caller::v1::CallerAssertion> OpenAssertion(const caller::v1::SignedCallerAssertion& in,
                                                          const Key& key, std::string_view audience,
                                                          absl::Time at);

// This is what a gateway says of a call.
struct VerifiedAssertion {
  Caller caller;
  // For a call that changes something, this says what the assertion is for. A gateway of the previous version
  // leaves it empty.
  std::string method = {}, request_hash = {}, request_salt = {};
  // This is the signed form of the assertion, which is stored with a change.
  std::string proof = {};
  // The call only validates and changes nothing.
  bool validate_only = false;
};

// This is thread-safe. Verified assertions that are not for one call alone are remembered by their bytes
// until they expire.
class AssertionVerifier {
 public:
  AssertionVerifier(std::string audience, std::vector<Key> gateway_keys);
  // This does what OpenAssertion does, at the given instant.
  absl::StatusOr<VerifiedAssertion> Verify(const std::string& signed_assertion, absl::Time now);

 private:
  struct Known {
    VerifiedAssertion verified;
    absl::Time expires;
  };
  absl::StatusOr<Known> VerifyFresh(const std::string& signed_assertion, absl::Time now) const;

  std::string audience_;
  std::unordered_map<std::string, Key> keys_;
  std::mutex mutex_;
  std::unordered_map<std::string, Known> known_;
};

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_ASSERTION_H_
