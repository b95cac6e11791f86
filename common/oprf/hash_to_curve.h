// This is the suite P256_XMD:SHA-256_SSWU_RO_ of RFC 9380.
#ifndef ACCORD_COMMON_OPRF_HASH_TO_CURVE_H_
#define ACCORD_COMMON_OPRF_HASH_TO_CURVE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "common/oprf/p256.h"

namespace accord::oprf {

// This is ExpandMessageXmd of section 5.3.1, with SHA-256. `dst` has at most 255 bytes, and `size` is at
// most 8,160.
std::string ExpandMessageXmd(std::string_view message, std::string_view dst, std::size_t size);
// This does section 5.2 for one element: it interprets 48 uniform bytes of ExpandMessageXmd as a number and
// reduces it modulo `modulus`.
Number Reduced(std::string_view uniform, const BIGNUM* modulus);
// This is hash_to_curve of section 3, a random oracle into the group. Its running time depends on the
// message, so only the side that knows the message may call it, on its own machine.
Point HashToCurve(std::string_view message, std::string_view dst);

}  // namespace accord::oprf

#endif  // ACCORD_COMMON_OPRF_HASH_TO_CURVE_H_
