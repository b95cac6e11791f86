// This is the oblivious pseudorandom function of RFC 9497, suite P256-SHA256, base mode. The client learns
// k*H(input), the server with the key k does not see the input, and the client learns nothing about k. The
// RFC's last step, which hashes that element with the input, is left to the caller, because an element can be
// converted to another key and a hash cannot.
#ifndef ACCORD_COMMON_OPRF_OPRF_H_
#define ACCORD_COMMON_OPRF_OPRF_H_

#include <openssl/types.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace accord::oprf {

// An element has this many bytes. It is a point of P-256 other than the identity, compressed (SEC 1).
inline constexpr std::size_t kElementSize = 33;
inline constexpr std::size_t kScalarSize = 32;

// This is a secret number from 1 to the order of the group minus 1. Its memory is cleared at the end.
class Scalar {
 public:
  static Scalar Random();
  // This is DeriveKeyPair of section 3.2.1. `seed` has 32 bytes, and `info` has at most 65,535.
  static Scalar Derive(std::string_view seed, std::string_view info);
  // This reads 32 bytes, big-endian. It returns INVALID_ARGUMENT if the number is out of range.
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

// Multiplies an element by the scalar, in a time that does not depend on the scalar. It returns
// INVALID_ARGUMENT if the bytes are not an element.
absl::StatusOr<std::string> Multiply(const Scalar& scalar, std::string_view element);

// This is HashToGroup of section 4.3.
std::string HashToGroup(std::string_view input);

struct Blinded {
  Scalar blind;
  std::string element;
};
// This is Blind of section 3.3.1, for the side that knows the input.
Blinded Blind(std::string_view input);
// This is BlindEvaluate of the RFC, for the side that holds the key.
inline absl::StatusOr<std::string> Evaluate(const Scalar& key, std::string_view blinded) {
  return Multiply(key, blinded);
}
// This gives key*H(input) from the element that the holder of the key returned.
inline absl::StatusOr<std::string> Unblind(const Scalar& blind, std::string_view evaluated) {
  return Multiply(blind.Inverse(), evaluated);
}

}  // namespace accord::oprf

#endif  // ACCORD_COMMON_OPRF_OPRF_H_
