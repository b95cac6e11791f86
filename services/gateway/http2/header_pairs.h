#ifndef ACCORD_SERVICES_GATEWAY_HTTP2_HEADER_PAIRS_H_
#define ACCORD_SERVICES_GATEWAY_HTTP2_HEADER_PAIRS_H_

#include <vector>

#include "services/gateway/http2/http2_connection.h"

namespace accord::gateway {

// This gives the headers as nghttp2 takes them. They refer to `headers`, which must live as long as they do.
std::vector<nghttp2_nv> HeaderPairs(const Headers& headers);

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_HEADER_PAIRS_H_
