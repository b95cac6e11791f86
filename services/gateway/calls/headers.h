// Which headers of a call the gateway reads, which ones it passes on, and which ones of an answer it
// gives back.
#ifndef ACCORD_SERVICES_GATEWAY_CALLS_HEADERS_H_
#define ACCORD_SERVICES_GATEWAY_CALLS_HEADERS_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "common/base/language.h"
#include "services/gateway/http2/event_loop.h"
#include "services/gateway/http2/wire.h"

namespace accord::gateway {

// Refuses headers whose names start with accord-, except the four that a caller may send. Fails with
// UNIMPLEMENTED and COMPRESSION_NOT_SUPPORTED, or INVALID_ARGUMENT and RESERVED_HEADER.
absl::Status CheckHeaders(const Headers& request);

// Whether the content type is `application/grpc` or `application/grpc+proto`, with or without parameters.
bool IsGrpc(const Headers& request);

// Gives what `accord-language` names; kNone if it is not sent, or names none that Accord has texts in.
Language LanguageOf(const Headers& request);

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

// Gives the whole list that a service receives: nothing of the caller's own but the trace.
Headers ForwardedHeaders(const std::string& path, const std::string& backend, Millis timeout,
                         const Trace& trace, const std::string& assertion);

// These are a service's headers and trailers that an agency may see, after those that every answer has.
Headers AnswerHeaders(Headers headers);
Headers AnswerTrailers(Headers trailers);

// Gives a substitute for text that nobody registered: its kind, its length, and a keyed hash by which two
// equal texts can be recognised.
std::string StandIn(std::string_view what, std::string_view text, std::string_view key);

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_CALLS_HEADERS_H_
