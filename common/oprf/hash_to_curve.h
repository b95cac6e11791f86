// RFC 9380, suite P256_XMD:SHA-256_SSWU_RO_.
#ifndef ACCORD_COMMON_OPRF_HASH_TO_CURVE_H_
#define ACCORD_COMMON_OPRF_HASH_TO_CURVE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "common/oprf/p256.h"

namespace accord::oprf {

// ExpandMessageXmd of section 5.3.1, with SHA-256. `dst` has at most 255 bytes, `size` is at
// most 8,160.
std::string ExpandMessageXmd(std::string_view message, std::string_view dst, std::size_t size);
// Section 5.2 for one element: interprets 48 uniform bytes of ExpandMessageXmd as a number and
// reduces it modulo `modulus`.
Number Reduced(std::string_view uniform, const BIGNUM* modulus);
// The function hash_to_curve of section 3, a random oracle into the group. Its running time depends
// on the message, so only the side that knows the message may call it, on its own machine.
Point HashToCurve(std::string_view message, std::string_view dst);

}  // namespace accord::oprf

#endif  // ACCORD_COMMON_OPRF_HASH_TO_CURVE_H_
