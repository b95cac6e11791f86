// This is who listens to one stream of an upstream.
#ifndef ACCORD_SERVICES_GATEWAY_HTTP2_STREAM_SINK_H_
#define ACCORD_SERVICES_GATEWAY_HTTP2_STREAM_SINK_H_

#include <string_view>

#include "services/gateway/http2/grpc_headers.h"

namespace accord::gateway {

// A StreamSink listens to one upstream stream. OnUpstreamClosed is called last.
class StreamSink {
 public:
  virtual ~StreamSink() = default;
  // `cut` says that the list was larger than allowed, and that its rest is missing.
  virtual void OnUpstreamHeaders(Headers headers, bool end, bool cut) = 0;
  virtual void OnUpstreamData(std::string_view bytes) = 0;
  virtual void OnUpstreamEnd() = 0;
  virtual void OnUpstreamDrained() = 0;
  virtual void OnUpstreamClosed() = 0;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_STREAM_SINK_H_
