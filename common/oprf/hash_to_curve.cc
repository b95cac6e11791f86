#include "common/oprf/hash_to_curve.h"

#include "common/base/ids.h"

namespace accord::oprf {
namespace {

constexpr std::size_t kHashSize = 32, kBlockSize = 64;
// This is L of section 5.1: enough bytes that the reduction has no significant bias.
constexpr std::size_t kUniformSize = 48;

char Byte(std::size_t value) { return static_cast<char>(value & 0xff); }

// This is arithmetic modulo the prime of P-256, in the notation of the RFC.
struct Field {
  static Number Of(long value) {
    Number number = NewNumber();
    Require(BN_set_word(number.get(), static_cast<BN_ULONG>(value < 0 ? -value : value)) == 1);
    if (value < 0) Require(BN_sub(number.get(), Prime(), number.get()) == 1);
    return number;
  }
  static Number Add(const Number& a, const Number& b) {
    Number sum = NewNumber();
    Require(BN_mod_add(sum.get(), a.get(), b.get(), Prime(), Scratch()) == 1);
    return sum;
  }
  static Number Mul(const Number& a, const Number& b) {
    Number product = NewNumber();
    Require(BN_mod_mul(product.get(), a.get(), b.get(), Prime(), Scratch()) == 1);
    return product;
  }
  static Number Negated(const Number& a) { return Mul(a, Of(-1)); }
  // This gives the inverse of a number that is not zero.
  static Number Inverse(const Number& a) {
    Number inverse = NewNumber();
    Require(BN_mod_inverse(inverse.get(), a.get(), Prime(), Scratch()) != nullptr);
    return inverse;
  }
  // This gives a square root if there is one. It uses that the prime is 3 modulo 4 (appendix I.1).
  static bool Root(const Number& square, Number* root) {
    static const Number& exponent = *new Number([] {
      Number number = NewNumber();
      Require(BN_add(number.get(), Prime(), Of(1).get()) == 1 &&
              BN_rshift(number.get(), number.get(), 2) == 1);
      return number;
    }());
    *root = NewNumber();
    Require(BN_mod_exp(root->get(), square.get(), exponent.get(), Prime(), Scratch()) == 1);
    return BN_cmp(Mul(*root, *root).get(), square.get()) == 0;
  }
};

Number B() {
  Number b = NewNumber();
  Require(EC_GROUP_get_curve(Group(), nullptr, nullptr, b.get(), Scratch()) == 1);
  return b;
}

// This gives x^3 + A x + B, with A = -3.
Number CurveAt(const Number& x, const Number& b) {
  return Field::Add(Field::Mul(Field::Add(Field::Mul(x, x), Field::Of(-3)), x), b);
}

// This is the simplified map of Shallue, van de Woestijne and Ulas of section 6.6.2, with Z = -10
// (section 8.2).
Point MapToCurve(const Number& u) {
  const Number b = B(), a = Field::Of(-3), z = Field::Of(-10);
  const Number zu2 = Field::Mul(z, Field::Mul(u, u));
  const Number denominator = Field::Add(Field::Mul(zu2, zu2), zu2);
  Number x, y;
  if (BN_is_zero(denominator.get())) {
    x = Field::Mul(b, Field::Inverse(Field::Mul(z, a)));
  } else {
    const Number factor = Field::Add(Field::Of(1), Field::Inverse(denominator));
    x = Field::Mul(Field::Mul(Field::Negated(b), Field::Inverse(a)), factor);
  }
  if (!Field::Root(CurveAt(x, b), &y)) {
    x = Field::Mul(zu2, x);
    Require(Field::Root(CurveAt(x, b), &y));
  }
  // The function sgn0 of section 4.1 is the parity.
  if (BN_is_odd(u.get()) != BN_is_odd(y.get())) y = Field::Negated(y);
  Point point = NewPoint();
  Require(EC_POINT_set_affine_coordinates(Group(), point.get(), x.get(), y.get(), Scratch()) == 1);
  return point;
}

}  // namespace

std::string ExpandMessageXmd(std::string_view message, std::string_view dst, std::size_t size) {
  const std::size_t blocks = (size + kHashSize - 1) / kHashSize;
  Require(blocks <= 255 && dst.size() <= 255);
  const std::string suffix = std::string(dst) + Byte(dst.size());
  const std::string first = Sha256(std::string(kBlockSize, '\0') + std::string(message) + Byte(size >> 8) +
                                   Byte(size) + '\0' + suffix);
  std::string block(kHashSize, '\0'), out;
  for (std::size_t i = 1; i <= blocks; ++i) {
    for (std::size_t j = 0; j < kHashSize; ++j) block[j] = static_cast<char>(block[j] ^ first[j]);
    block = Sha256(block + Byte(i) + suffix);
    out += block;
  }
  out.resize(size);
  return out;
}

Number Reduced(std::string_view uniform, const BIGNUM* modulus) {
  Number number = NumberOf(uniform);
  Require(BN_nnmod(number.get(), number.get(), modulus, Scratch()) == 1);
  return number;
}

Point HashToCurve(std::string_view message, std::string_view dst) {
  const std::string uniform = ExpandMessageXmd(message, dst, 2 * kUniformSize);
  const std::string_view bytes = uniform;
  Point sum = MapToCurve(Reduced(bytes.substr(0, kUniformSize), Prime()));
  const Point other = MapToCurve(Reduced(bytes.substr(kUniformSize), Prime()));
  Require(EC_POINT_add(Group(), sum.get(), sum.get(), other.get(), Scratch()) == 1);
  return sum;
}

}  // namespace accord::oprf
