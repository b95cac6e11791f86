// This is the trace context of a call, as the W3C defines it in the headers traceparent and tracestate.
#ifndef ACCORD_SERVICES_GATEWAY_CALLS_TRACE_H_
#define ACCORD_SERVICES_GATEWAY_CALLS_TRACE_H_

#include <string>

#include "services/gateway/http2/grpc_headers.h"

namespace accord::gateway {

// This is the trace context of a call. Only its form is checked, and nothing of it is trusted.
struct Trace {
  // It has 32 hex digits, not all of them zero, and is the caller's or a new one.
  std::string id;
  // It has 16 hex digits, and is this gateway's own span, the parent of the service's.
  std::string span;
  // They are two hex digits.
  std::string flags = "01";
  // This is the caller's `tracestate`, of 512 printable bytes at the most; it is empty if there is none.
  std::string state;
};

Trace TraceOf(const Headers& request);

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_CALLS_TRACE_H_
