#include "common/storage/records/page_tokens.h"

#include "absl/strings/escaping.h"
#include "common/base/aead.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::storage {
namespace {

absl::Status RefuseToken() {
  return Refuse(rules::kPageTokenInvalid, "page_token is not from this list; begin without one.");
}

}  // namespace

PageTokens::PageTokens(std::string_view secret) : key_(HmacSha256(secret, "accord page tokens v1")) {}

std::string PageTokens::Seal(std::string_view scope, std::string_view position) const {
  return absl::WebSafeBase64Escape(SealAead(key_, scope, position));
}

absl::StatusOr<std::string> PageTokens::Open(std::string_view scope, std::string_view token) const {
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(absl::string_view(token.data(), token.size()), &bytes))
    return RefuseToken();
  auto position = OpenAead(key_, scope, bytes);
  if (!position) return RefuseToken();
  return *std::move(position);
}

}  // namespace accord::storage
