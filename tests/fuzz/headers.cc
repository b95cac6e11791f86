// The input is the headers of a call, one on each line, as `name: value`. They are added to those of a
// good call, or replace the one of the same name that every call has. An empty line ends them, and the
// body follows.
#include <map>

#include "services/gateway/calls/call_headers.h"
#include "tests/fuzz/fuzzed_gateway.h"
#include "tests/fuzz/target.h"

namespace accord::fuzz {
namespace {

using gateway::Headers;

Headers Parsed(Input* input) {
  Headers headers = {{":method", "POST"},          {":scheme", "https"}, {":path", gateway::kEcho},
                     {":authority", "localhost"},  {"te", "trailers"},   {"content-type", "application/grpc"},
                     {"accord-actor", "officer-1"}};
  const std::size_t good = headers.size();
  std::map<std::string, bool> replaced;
  for (std::string_view line = input->Line(); !line.empty(); line = input->Line()) {
    // The colon that ends a pseudo-header's name is its second.
    const std::size_t colon = line.find(": ", 1);
    const std::string name(line.substr(0, colon));
    const std::string value(colon == std::string_view::npos ? "" : line.substr(colon + 2));
    const auto known = std::find_if(headers.begin(), headers.begin() + static_cast<long>(good),
                                    [&](const auto& field) { return field.first == name; });
    if (known != headers.begin() + static_cast<long>(good) && !std::exchange(replaced[name], true)) {
      known->second = value;
    } else {
      headers.emplace_back(name, value);
    }
  }
  return headers;
}

bool IsTraceParent(const std::string& text) {
  return text.size() == 55 && text.substr(3, 32).find_first_not_of('0') != std::string::npos &&
         text.find_first_not_of("0123456789abcdef-") == std::string::npos;
}

// No connection is used. The target checks that the headers that would be forwarded are the gateway's own.
void Forwarded(const Headers& request) {
  const auto checked = gateway::CheckCallHeaders(request);
  if (!checked.ok()) return Hold(!RuleOf(checked).empty(), "headers are refused by a rule");
  const auto trace = gateway::TraceOf(request);
  for (const auto& [name, value] :
       gateway::ForwardedHeaders("/a/B", "backend", gateway::Millis(1000), trace, "assertion")) {
    if (name == "traceparent") Hold(IsTraceParent(value), "a trace has its form");
    if (name == "tracestate") Hold(value.size() <= 512, "a trace's state is short");
    if (name != "tracestate" && name != "traceparent") {
      Hold(value.size() < 64 && value.find_first_of("\r\n") == std::string::npos,
           "the rest is the gateway's own");
    }
  }
}

void Ended(const gateway::RawPeer::End& end) {
  if (end.closed) return;
  const auto status = gateway::GrpcStatusIn(end.trailers);
  const std::string* http = gateway::FindHeader(end.trailers, ":status");
  Hold(status.has_value() || (http != nullptr && *http != "200"), "every answer has a status");
  for (const auto& [name, value] : end.trailers) {
    Hold(!name.starts_with("accord-") || name == "accord-masked", "what is between services stays there");
  }
}

}  // namespace

ACCORD_FUZZ_TARGET(headers, bytes) {
  static std::unique_ptr<gateway::RawPeer> peer;
  static int32_t stream = 1;
  Input input(bytes);
  const Headers headers = Parsed(&input);
  Forwarded(headers);
  if (peer == nullptr || peer->closed() || stream > 1000) {
    peer = FuzzedGateway::Open().Speak();
    stream = 1;
  }
  peer->SendHeaders(stream, headers);
  peer->SendMessage(stream, input.rest());
  const auto end = peer->AwaitEnd(stream);
  stream += 2;
  Ended(end);
  // A broken stream may have been a broken connection.
  if (end.closed) peer.reset();
  FuzzedGateway::Open().Settle();
}

}  // namespace accord::fuzz
