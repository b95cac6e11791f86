#include "services/gateway/calls/headers.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "common/access/assertion.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::gateway {
namespace {

constexpr std::size_t kMaxTraceState = 512;

bool IsHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool IsZero(std::string_view text) { return text.find_first_not_of('0') == std::string_view::npos; }

// The form is `00-<trace>-<parent>-<flags>`. A later version may be longer, and version ff is invalid.
bool IsTraceParent(std::string_view text) {
  if (text.size() < 55 || text[2] != '-' || text[35] != '-' || text[52] != '-') return false;
  const std::string_view version = text.substr(0, 2), trace = text.substr(3, 32),
                         parent = text.substr(36, 16);
  if (version == "ff" || (version == "00" ? text.size() != 55 : text.size() > 55 && text[55] != '-'))
    return false;
  return IsHex(version) && IsHex(trace) && IsHex(parent) && IsHex(text.substr(53, 2)) && !IsZero(trace) &&
         !IsZero(parent);
}

template <std::size_t N>
void Keep(const std::array<std::string_view, N>& allowed, Headers* headers) {
  std::erase_if(*headers, [&](const auto& field) {
    return std::find(allowed.begin(), allowed.end(), field.first) == allowed.end();
  });
}

// The id of a trace is no secret, so many are drawn at a time: a draw costs more than its bytes.
std::string TraceId(std::size_t bytes) {
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

absl::Status CheckHeaders(const Headers& request) {
  int actors = 0;
  int purposes = 0;
  int validations = 0;
  int languages = 0;
  for (const auto& [name, value] : request) {
    if (name == "grpc-encoding" && value != "identity") {
      return Refuse(rules::kCompressionNotSupported, "Send messages without compression.");
    }
    if (!name.starts_with("accord-")) continue;
    if (name == kActorHeader && ++actors == 1) continue;
    if (name == kLanguageHeader && ++languages == 1) continue;
    if (name == kPurposeHeader && ++purposes == 1) continue;
    if (name == kValidateOnlyHeader && ++validations == 1) continue;
    return Refuse(rules::kReservedHeader,
                  "Send accord-actor, accord-purpose, accord-language and accord-validate-only at most once "
                  "each, and no other header that starts with accord-.");
  }
  return absl::OkStatus();
}

bool IsGrpc(const Headers& request) {
  const std::string* type = Find(request, "content-type");
  if (type == nullptr) return false;
  const std::string_view essence = std::string_view(*type).substr(0, type->find(';'));
  return essence == "application/grpc" || essence == "application/grpc+proto";
}

Language LanguageOf(const Headers& request) {
  const std::string* tag = Find(request, kLanguageHeader);
  return tag == nullptr ? Language::kNone : ParseLanguage(*tag);
}

Trace TraceOf(const Headers& request) {
  Trace trace;
  trace.span = TraceId(8);
  const std::string* parent = Find(request, "traceparent");
  const bool once = std::count_if(request.begin(), request.end(),
                                  [](const auto& field) { return field.first == "traceparent"; }) == 1;
  if (parent == nullptr || !once || !IsTraceParent(*parent)) {
    trace.id = TraceId(16);
    return trace;
  }
  trace.id = parent->substr(3, 32);
  trace.flags = parent->substr(53, 2);
  const std::string* state = Find(request, "tracestate");
  if (state != nullptr && state->size() <= kMaxTraceState &&
      std::all_of(state->begin(), state->end(), [](char c) { return c >= 0x20 && c <= 0x7e; })) {
    trace.state = *state;
  }
  return trace;
}

Headers ForwardedHeaders(const std::string& path, const std::string& backend, Millis timeout,
                         const Trace& trace, const std::string& assertion) {
  Headers out;
  out.reserve(11);
  out.emplace_back(":method", "POST");
  out.emplace_back(":scheme", "https");
  out.emplace_back(":path", path);
  out.emplace_back(":authority", backend);
  out.emplace_back("te", "trailers");
  out.emplace_back("content-type", "application/grpc");
  out.emplace_back("grpc-timeout", FormatTimeout(timeout));
  out.emplace_back("grpc-accept-encoding", "identity");
  out.emplace_back("traceparent", absl::StrCat("00-", trace.id, "-", trace.span, "-", trace.flags));
  if (!trace.state.empty()) out.emplace_back("tracestate", trace.state);
  out.emplace_back(kCallerHeader, assertion);
  return out;
}

Headers AnswerHeaders(Headers headers) {
  static constexpr std::array<std::string_view, 2> kAllowed = {":status", "content-type"};
  Keep(kAllowed, &headers);
  headers.emplace_back("grpc-accept-encoding", "identity");
  return headers;
}

Headers AnswerTrailers(Headers trailers) {
  static constexpr std::array<std::string_view, 6> kAllowed = {
      ":status", "content-type", "grpc-status", "grpc-message", "grpc-status-details-bin", kMaskedTrailer};
  Keep(kAllowed, &trailers);
  return trailers;
}

std::string StandIn(std::string_view what, std::string_view text, std::string_view key) {
  return absl::StrCat(std::string(what), ", ", text.size(), " bytes, ",
                      Hex(HmacSha256(key, text)).substr(0, 16));
}

}  // namespace accord::gateway
