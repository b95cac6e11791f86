// This is the oblivious pseudorandom function of RFC 9497, suite P256-SHA256, base mode: who asks learns
// k*H(input) of an input that who holds k does not see, and nothing of k. The RFC's last step hashes that
// element with the input; it is left to the caller, because an element can be carried on to another key and a
// hash cannot.
#ifndef ACCORD_COMMON_OPRF_OPRF_H_
#define ACCORD_COMMON_OPRF_OPRF_H_

#include <openssl/types.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace accord::oprf {

// Bytes of an element: a point of P-256 that is not the identity, compressed (SEC 1).
inline constexpr std::size_t kElementSize = 33;
inline constexpr std::size_t kScalarSize = 32;

// A secret number from 1 to the order of the group less 1. Its memory is cleared.
class Scalar {
 public:
  static Scalar Random();
  // DeriveKeyPair of section 3.2.1. `seed` has 32 bytes; `info` at most 65,535.
  static Scalar Derive(std::string_view seed, std::string_view info);
  // 32 bytes, big-endian; INVALID_ARGUMENT out of range.
  static absl::StatusOr<Scalar> FromBytes(std::string_view bytes);
  std::string ToBytes() const;

  Scalar operator*(const Scalar& other) const;
  Scalar Inverse() const;

 private:
  friend absl::StatusOr<std::string> Multiply(const Scalar&, std::string_view);
  struct Free {
    void operator()(BIGNUM* number) const;
  };
  explicit Scalar(BIGNUM* number) : number_(number) {}
  std::unique_ptr<BIGNUM, Free> number_;
};

// Gives an element multiplied. INVALID_ARGUMENT for bytes that are no element. Takes the same time whatever
// the scalar.
absl::StatusOr<std::string> Multiply(const Scalar& scalar, std::string_view element);

// HashToGroup of section 4.3.
std::string HashToGroup(std::string_view input);

struct Blinded {
  Scalar blind;
  std::string element;
};
// Section 3.3.1: for who knows the input.
Blinded Blind(std::string_view input);
// It is BlindEvaluate, for whoever holds the key.
inline absl::StatusOr<std::string> Evaluate(const Scalar& key, std::string_view blinded) {
  return Multiply(key, blinded);
}
// key*H(input), of what came back.
inline absl::StatusOr<std::string> Unblind(const Scalar& blind, std::string_view evaluated) {
  return Multiply(blind.Inverse(), evaluated);
}

}  // namespace accord::oprf

#endif  // ACCORD_COMMON_OPRF_OPRF_H_
