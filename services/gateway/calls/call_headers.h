// These functions say which headers of a call the gateway reads, which ones it passes on, and which ones of
// an answer it gives back.
#ifndef ACCORD_SERVICES_GATEWAY_CALLS_CALL_HEADERS_H_
#define ACCORD_SERVICES_GATEWAY_CALLS_CALL_HEADERS_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "common/base/language.h"
#include "services/gateway/calls/trace.h"
#include "services/gateway/http2/event_loop.h"
#include "services/gateway/http2/grpc_headers.h"

namespace accord::gateway {

// This refuses headers whose names start with accord-, except the four that a caller may send. It fails with
// UNIMPLEMENTED and COMPRESSION_NOT_SUPPORTED, or INVALID_ARGUMENT and RESERVED_HEADER.
absl::Status CheckCallHeaders(const Headers& request);

// This says whether the content type is `application/grpc` or `application/grpc+proto`, with or
// without parameters.
bool IsGrpcCall(const Headers& request);

// This gives the language that `accord-language` names, or kNone if it is not sent or names none that Accord
// has texts in.
Language CallLanguageOf(const Headers& request);

// This gives the whole list of headers that a service receives. It has nothing of the caller's own but
// the trace.
Headers ForwardedHeaders(const std::string& path, const std::string& backend, Millis timeout,
                         const Trace& trace, const std::string& assertion);

// These give the headers and trailers of a service that an agency may see, after those that every answer has.
Headers AnswerHeaders(Headers headers);
Headers AnswerTrailers(Headers trailers);

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_CALLS_CALL_HEADERS_H_
