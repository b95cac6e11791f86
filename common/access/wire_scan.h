// This estimates what a request would cost from its bytes, before it is parsed. Four megabytes of empty
// sub-messages become a gigabyte when they are parsed, and the field rules are checked only after that.
#ifndef ACCORD_COMMON_ACCESS_WIRE_SCAN_H_
#define ACCORD_COMMON_ACCESS_WIRE_SCAN_H_

#include <google/protobuf/descriptor.h>

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"

namespace accord {

// Messages may be nested at most this deep. Accord's own messages nest no deeper than 6.
inline constexpr int kScanMaxDepth = 32;
// The parsed request may take this many bytes of memory, and so many times its size on the wire. Text takes
// about its own size and a record of short fields three times that; empty sub-messages take a hundred times.
inline constexpr std::size_t kScanMemoryBase = std::size_t{4} << 20;
inline constexpr std::size_t kScanMemoryFactor = 8;
// A whole request may have at most this many unknown fields. A newer client may send some, which are ignored.
inline constexpr int kScanMaxUnknownFields = 64;
inline constexpr std::size_t kScanMaxUnknownBytes = 16384;

// This makes one pass without allocating memory. It returns OK for every request that CheckRequest accepts,
// if an ordinary encoder wrote it. Otherwise it returns INVALID_ARGUMENT with one of these rules:
// - FIELD_INVALID, naming the first field as CheckRequest does: a repeated field has more
//   elements, or a string more bytes, than its rule allows, or a sub-message is given twice or
//   nested too deep;
// - REQUEST_MALFORMED: the bytes are no message, or contain groups;
// - REQUEST_UNKNOWN_FIELDS or REQUEST_TOO_COMPLEX: the request exceeds the limits above.
// Output-only fields are dropped after parsing, so only their memory and depth count.
absl::Status ScanRequest(std::string_view bytes, const google::protobuf::Descriptor& type);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_WIRE_SCAN_H_
