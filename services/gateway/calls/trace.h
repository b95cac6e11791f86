// This is the trace context of a call, as the W3C defines it in the headers traceparent and tracestate.
#ifndef ACCORD_SERVICES_GATEWAY_CALLS_TRACE_H_
#define ACCORD_SERVICES_GATEWAY_CALLS_TRACE_H_

#include <string>

#include "services/gateway/http2/grpc_headers.h"

namespace accord::gateway {

// It is the W3C trace context: who traces this call. Nothing of it is trusted but its form.
struct Trace {
  // 32 hex digits, not all of them zero; the caller's or a new one.
  std::string id;
  // 16 hex digits: this gateway's own span, parent of the service's.
  std::string span;
  // Two hex digits.
  std::string flags = "01";
  // The caller's `tracestate`, at the most 512 printable bytes; empty if there is none.
  std::string state;
};

Trace TraceOf(const Headers& request);

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_CALLS_TRACE_H_
