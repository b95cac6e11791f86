// What a request would cost, counted on its bytes before anything is made of them: four megabytes of empty
// sub-messages become a gigabyte once they are parsed, and the field rules are asked only after that.
#ifndef ACCORD_COMMON_ACCESS_WIRE_SCAN_H_
#define ACCORD_COMMON_ACCESS_WIRE_SCAN_H_

#include <google/protobuf/descriptor.h>

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"

namespace accord {

// Messages in messages. Accord's own nest no deeper than 6.
inline constexpr int kScanMaxDepth = 32;
// Memory that the parsed request may take, in bytes: this, and so many times its size on the wire. Text takes
// about its own size and a record of short fields three times that; empty sub-messages take a hundred times.
inline constexpr std::size_t kScanMemoryBase = std::size_t{4} << 20;
inline constexpr std::size_t kScanMemoryFactor = 8;
// Fields that this version does not know, of the whole request: a newer client may send some, which
// are ignored.
inline constexpr int kScanMaxUnknownFields = 64;
inline constexpr std::size_t kScanMaxUnknownBytes = 16384;

// One pass without allocation. OK for whatever CheckRequest accepts, if an ordinary encoder wrote it; else
// - INVALID_ARGUMENT, FIELD_INVALID, naming the first field as CheckRequest does: a repeated field with more
//   elements, or a string with more bytes, than its rule allows; a sub-message given twice or nested too
//   deep,
// - INVALID_ARGUMENT, REQUEST_MALFORMED: not a message, or groups,
// - INVALID_ARGUMENT, REQUEST_UNKNOWN_FIELDS or REQUEST_TOO_COMPLEX: beyond the bounds above.
// What is output-only is dropped after parsing, so that only its memory and depth count.
absl::Status ScanRequest(std::string_view bytes, const google::protobuf::Descriptor& type);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_WIRE_SCAN_H_
