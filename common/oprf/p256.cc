#include "common/oprf/p256.h"

#include <openssl/err.h>
#include <openssl/obj_mac.h>

#include <cstdlib>

#include "common/oprf/oprf.h"

namespace accord::oprf {
namespace {

unsigned char* Raw(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }
const unsigned char* Raw(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

struct Curve {
  Curve() {
    group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    Require(group != nullptr);
    prime = NewNumber();
    Require(EC_GROUP_get_curve(group, prime.get(), nullptr, nullptr, nullptr) == 1);
  }
  EC_GROUP* group;
  Number prime;
};

const Curve& P256() {
  // The curve is never destroyed, because threads may still compute while the process ends.
  static const Curve& curve = *new Curve();
  return curve;
}

struct FreeScratch {
  void operator()(BN_CTX* scratch) const { BN_CTX_free(scratch); }
};

}  // namespace

void Require(bool ok) {
  if (!ok) std::abort();
}

Number NewNumber() {
  Number number(BN_new());
  Require(number != nullptr);
  return number;
}

Point NewPoint() {
  Point point(EC_POINT_new(Group()));
  Require(point != nullptr);
  return point;
}

Number NumberOf(std::string_view bytes) {
  Number number(BN_bin2bn(Raw(bytes), static_cast<int>(bytes.size()), nullptr));
  Require(number != nullptr);
  return number;
}

BN_CTX* Scratch() {
  static thread_local std::unique_ptr<BN_CTX, FreeScratch> scratch(BN_CTX_secure_new());
  Require(scratch != nullptr);
  return scratch.get();
}

const EC_GROUP* Group() { return P256().group; }
const BIGNUM* Prime() { return P256().prime.get(); }
const BIGNUM* Order() { return EC_GROUP_get0_order(P256().group); }

std::string Encode(const EC_POINT* point) {
  std::string bytes(kElementSize, '\0');
  Require(EC_POINT_point2oct(Group(), point, POINT_CONVERSION_COMPRESSED, Raw(bytes), bytes.size(),
                             Scratch()) == kElementSize);
  return bytes;
}

std::optional<Point> Decode(std::string_view bytes) {
  // The identity has one byte, and uncompressed points have 65.
  if (bytes.size() != kElementSize) return std::nullopt;
  Point point = NewPoint();
  if (EC_POINT_oct2point(Group(), point.get(), Raw(bytes), bytes.size(), Scratch()) == 1) return point;
  ERR_clear_error();
  return std::nullopt;
}

}  // namespace accord::oprf
