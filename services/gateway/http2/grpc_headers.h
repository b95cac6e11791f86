// These are gRPC's conventions for headers and trailers over HTTP/2: timeouts, statuses and refusals.
#ifndef ACCORD_SERVICES_GATEWAY_HTTP2_GRPC_HEADERS_H_
#define ACCORD_SERVICES_GATEWAY_HTTP2_GRPC_HEADERS_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace accord::gateway {

using Headers = std::vector<std::pair<std::string, std::string>>;

// This gives the first value, or nullptr if there is none.
const std::string* FindHeader(const Headers& headers, std::string_view name);
// This gives the size of a header list as HTTP/2 counts it: uncompressed, and 32 bytes more for each header
// (RFC 9113, section 6.5.2).
std::size_t HeaderListSize(const Headers& headers);

// This gives the number in `grpc-status`, or nullopt if there is none or it is no number.
std::optional<int> GrpcStatusIn(const Headers& headers);

// `grpc-timeout` has 1 to 8 digits and a unit of HMSmun. It is rounded up to milliseconds, so only a true 0
// is 0.
std::optional<std::chrono::milliseconds> ParseGrpcTimeout(std::string_view text);
std::string FormatGrpcTimeout(std::chrono::milliseconds timeout);

// `grpc-message` has bytes outside of 0x20-0x7e, and %, as %XX.
std::string PercentEncode(std::string_view text);
std::string PercentDecode(std::string_view text);
std::string UnpaddedBase64(std::string_view bytes);

// This gives the trailers grpc-status, grpc-message and grpc-status-details-bin.
Headers GrpcTrailers(const absl::Status& status);
// This gives the same fields as the only headers of an answer (Trailers-Only).
Headers GrpcTrailersOnly(const absl::Status& status);

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_GRPC_HEADERS_H_
