#include "services/gateway/calls/call_headers.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "common/access/assertion.h"
#include "common/base/error.h"

namespace accord::gateway {
namespace {

template <std::size_t N>
void KeepCallHeaders(const std::array<std::string_view, N>& allowed, Headers* headers) {
  std::erase_if(*headers, [&](const auto& field) {
    return std::find(allowed.begin(), allowed.end(), field.first) == allowed.end();
  });
}

}  // namespace

absl::Status CheckCallHeaders(const Headers& request) {
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

bool IsGrpcCall(const Headers& request) {
  const std::string* type = FindHeader(request, "content-type");
  if (type == nullptr) return false;
  const std::string_view essence = std::string_view(*type).substr(0, type->find(';'));
  return essence == "application/grpc" || essence == "application/grpc+proto";
}

Language CallLanguageOf(const Headers& request) {
  const std::string* tag = FindHeader(request, kLanguageHeader);
  return tag == nullptr ? Language::kNone : ParseLanguage(*tag);
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
  out.emplace_back("grpc-timeout", FormatGrpcTimeout(timeout));
  out.emplace_back("grpc-accept-encoding", "identity");
  out.emplace_back("traceparent", absl::StrCat("00-", trace.id, "-", trace.span, "-", trace.flags));
  if (!trace.state.empty()) out.emplace_back("tracestate", trace.state);
  out.emplace_back(kCallerHeader, assertion);
  return out;
}

Headers AnswerHeaders(Headers headers) {
  static constexpr std::array<std::string_view, 2> kAllowed = {":status", "content-type"};
  KeepCallHeaders(kAllowed, &headers);
  headers.emplace_back("grpc-accept-encoding", "identity");
  return headers;
}

Headers AnswerTrailers(Headers trailers) {
  static constexpr std::array<std::string_view, 6> kAllowed = {
      ":status", "content-type", "grpc-status", "grpc-message", "grpc-status-details-bin", kMaskedTrailer};
  KeepCallHeaders(kAllowed, &trailers);
  return trailers;
}

}  // namespace accord::gateway
