#include "common/oprf/oprf.h"

#include <utility>

#include "common/oprf/hash_to_curve.h"
#include "common/oprf/p256.h"

namespace accord::oprf {
namespace {

// This is contextString of section 3.1, for mode 0.
const std::string& Context() {
  static const std::string& context = *new std::string("OPRFV1-\0-P256-SHA256", 20);
  return context;
}

// This marks the number so that OpenSSL computes with it without branches that depend on its value.
BIGNUM* Secret(Number number) {
  BN_set_flags(number.get(), BN_FLG_CONSTTIME);
  return number.release();
}

bool InRange(const Number& number) { return !BN_is_zero(number.get()) && BN_cmp(number.get(), Order()) < 0; }

}  // namespace

void Scalar::Free::operator()(BIGNUM* number) const { BN_clear_free(number); }

Scalar Scalar::Random() {
  Number number = NewNumber();
  do {
    Require(BN_priv_rand_range(number.get(), Order()) == 1);
  } while (!InRange(number));
  return Scalar(Secret(std::move(number)));
}

Scalar Scalar::Derive(std::string_view seed, std::string_view info) {
  Require(seed.size() == kScalarSize && info.size() <= 0xffff);
  std::string input(seed);
  input += static_cast<char>(info.size() >> 8);
  input += static_cast<char>(info.size() & 0xff);
  input += info;
  input += '\0';
  for (int counter = 0;; ++counter) {
    // The chance of a second round is 2^-256; that of a 256th is nil.
    Require(counter <= 255);
    input.back() = static_cast<char>(counter);
    Number number = Reduced(ExpandMessageXmd(input, "DeriveKeyPair" + Context(), 48), Order());
    if (InRange(number)) {
      OPENSSL_cleanse(input.data(), input.size());
      return Scalar(Secret(std::move(number)));
    }
  }
}

absl::StatusOr<Scalar> Scalar::FromBytes(std::string_view bytes) {
  Number number = NumberOf(bytes);
  if (bytes.size() != kScalarSize || !InRange(number))
    return absl::InvalidArgumentError("not a scalar of P-256");
  return Scalar(Secret(std::move(number)));
}

std::string Scalar::ToBytes() const {
  std::string bytes(kScalarSize, '\0');
  Require(BN_bn2binpad(number_.get(), reinterpret_cast<unsigned char*>(bytes.data()), kScalarSize) ==
          static_cast<int>(kScalarSize));
  return bytes;
}

Scalar Scalar::operator*(const Scalar& other) const {
  Number product = NewNumber();
  Require(BN_mod_mul(product.get(), number_.get(), other.number_.get(), Order(), Scratch()) == 1);
  return Scalar(Secret(std::move(product)));
}

Scalar Scalar::Inverse() const {
  Number inverse = NewNumber();
  Require(BN_mod_inverse(inverse.get(), number_.get(), Order(), Scratch()) != nullptr);
  return Scalar(Secret(std::move(inverse)));
}

absl::StatusOr<std::string> Multiply(const Scalar& scalar, std::string_view element) {
  const auto point = Decode(element);
  if (!point) return absl::InvalidArgumentError("not a compressed point of P-256");
  const Point product = NewPoint();
  Require(EC_POINT_mul(Group(), product.get(), nullptr, point->get(), scalar.number_.get(), Scratch()) == 1);
  return Encode(product.get());
}

std::string HashToGroup(std::string_view input) {
  return Encode(HashToCurve(input, "HashToGroup-" + Context()).get());
}

Blinded Blind(std::string_view input) {
  Scalar blind = Scalar::Random();
  // The hash is the identity with a chance of 2^-256, and then Encode would abort.
  std::string element = *Multiply(blind, HashToGroup(input));
  return {std::move(blind), std::move(element)};
}

}  // namespace accord::oprf
