#include "services/gateway/http2/header_pairs.h"

namespace accord::gateway {
namespace {

// Such a header has another value with each call: in the table of what was sent before it would only push out
// what is sent again, such as the caller's assertion.
bool IsOfOneCall(const std::string& name) {
  return name == "traceparent" || name == "grpc-timeout" || name == "grpc-message" ||
         name == "grpc-status-details-bin";
}

}  // namespace

std::vector<nghttp2_nv> Pairs(const Headers& headers) {
  std::vector<nghttp2_nv> pairs;
  pairs.reserve(headers.size());
  for (const auto& [name, value] : headers) {
    const uint8_t flags = IsOfOneCall(name) ? NGHTTP2_NV_FLAG_NO_INDEX : NGHTTP2_NV_FLAG_NONE;
    pairs.push_back({reinterpret_cast<uint8_t*>(const_cast<char*>(name.data())),
                     reinterpret_cast<uint8_t*>(const_cast<char*>(value.data())), name.size(), value.size(),
                     flags});
  }
  return pairs;
}

}  // namespace accord::gateway
