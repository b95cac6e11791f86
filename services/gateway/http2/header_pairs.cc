#include "services/gateway/http2/header_pairs.h"

namespace accord::gateway {
namespace {

// This says whether a header has a new value in each call. In HPACK's table it would only displace headers
// that repeat, such as the caller's assertion.
bool IsPerCallHeader(const std::string& name) {
  return name == "traceparent" || name == "grpc-timeout" || name == "grpc-message" ||
         name == "grpc-status-details-bin";
}

}  // namespace

std::vector<nghttp2_nv> HeaderPairs(const Headers& headers) {
  std::vector<nghttp2_nv> pairs;
  pairs.reserve(headers.size());
  for (const auto& [name, value] : headers) {
    const uint8_t flags = IsPerCallHeader(name) ? NGHTTP2_NV_FLAG_NO_INDEX : NGHTTP2_NV_FLAG_NONE;
    pairs.push_back({reinterpret_cast<uint8_t*>(const_cast<char*>(name.data())),
                     reinterpret_cast<uint8_t*>(const_cast<char*>(value.data())), name.size(), value.size(),
                     flags});
  }
  return pairs;
}

}  // namespace accord::gateway
