#include "services/gateway/calls/trace.h"

#include <algorithm>
#include <string_view>

#include "common/base/ids.h"

namespace accord::gateway {
namespace {

constexpr std::size_t kMaxTraceState = 512;

bool IsTraceHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool IsTraceZero(std::string_view text) { return text.find_first_not_of('0') == std::string_view::npos; }

// The form of the header is `00-<trace>-<parent>-<flags>`. A later version may be longer, and version ff
// is invalid.
bool IsTraceParent(std::string_view text) {
  if (text.size() < 55 || text[2] != '-' || text[35] != '-' || text[52] != '-') return false;
  const std::string_view version = text.substr(0, 2), trace = text.substr(3, 32),
                         parent = text.substr(36, 16);
  if (version == "ff" || (version == "00" ? text.size() != 55 : text.size() > 55 && text[55] != '-'))
    return false;
  return IsTraceHex(version) && IsTraceHex(trace) && IsTraceHex(parent) && IsTraceHex(text.substr(53, 2)) &&
         !IsTraceZero(trace) && !IsTraceZero(parent);
}

// The id of a trace is no secret, so many are drawn at a time: a draw costs more than its bytes.
std::string NewTraceId(std::size_t bytes) {
  thread_local std::string drawn;
  thread_local std::size_t used = 0;
  if (drawn.size() - used < bytes) {
    drawn = RandomBytes(1024);
    used = 0;
  }
  used += bytes;
  return Hex(drawn.substr(used - bytes, bytes));
}

}  // namespace

Trace TraceOf(const Headers& request) {
  Trace trace;
  trace.span = NewTraceId(8);
  const std::string* parent = FindHeader(request, "traceparent");
  const bool once = std::count_if(request.begin(), request.end(),
                                  [](const auto& field) { return field.first == "traceparent"; }) == 1;
  if (parent == nullptr || !once || !IsTraceParent(*parent)) {
    trace.id = NewTraceId(16);
    return trace;
  }
  trace.id = parent->substr(3, 32);
  trace.flags = parent->substr(53, 2);
  const std::string* state = FindHeader(request, "tracestate");
  if (state != nullptr && state->size() <= kMaxTraceState &&
      std::all_of(state->begin(), state->end(), [](char c) { return c >= 0x20 && c <= 0x7e; })) {
    trace.state = *state;
  }
  return trace;
}

}  // namespace accord::gateway
