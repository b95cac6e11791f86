// This is NIST P-256 on OpenSSL, for the files of this folder and its benchmark. Operations that can fail
// only for lack of memory or in a broken library abort the process, because no answer is better than a
// wrong one.
#ifndef ACCORD_COMMON_OPRF_P256_H_
#define ACCORD_COMMON_OPRF_P256_H_

#include <openssl/bn.h>
#include <openssl/ec.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace accord::oprf {

struct Clear {
  void operator()(BIGNUM* number) const { BN_clear_free(number); }
  void operator()(EC_POINT* point) const { EC_POINT_clear_free(point); }
};
using Number = std::unique_ptr<BIGNUM, Clear>;
using Point = std::unique_ptr<EC_POINT, Clear>;

void Require(bool ok);
Number NewNumber();
Point NewPoint();
// The bytes are big-endian.
Number NumberOf(std::string_view bytes);
// This gives scratch space for calculations of this thread.
BN_CTX* Scratch();

const EC_GROUP* Group();
const BIGNUM* Prime();
const BIGNUM* Order();

// This encodes the point as SEC 1 does, compressed to 33 bytes.
std::string Encode(const EC_POINT* point);
// This gives nullopt unless the bytes are 33 that encode a point on the curve other than the identity. Since
// the cofactor is 1, every other point of the curve is in the group.
std::optional<Point> Decode(std::string_view bytes);

}  // namespace accord::oprf

#endif  // ACCORD_COMMON_OPRF_P256_H_
