// A page token opens to what was sealed, under the scope that it was sealed for, or not at all. If the first
// byte is `r`, the rest is a token as a client sends it. Otherwise it is the bytes of scope and position, and
// what is done to the token.
#include "common/storage/records/page_tokens.h"

#include "absl/strings/escaping.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "tests/fuzz/target.h"

namespace accord::fuzz {
namespace {

const storage::PageTokens& Tokens() {
  // The key belongs to this run alone, so no token from elsewhere can open.
  static const storage::PageTokens tokens(RandomBytes(32));
  return tokens;
}

void Refused(const absl::StatusOr<std::string>& opened) {
  Hold(!opened.ok(), "nothing opens that was not sealed");
  Hold(RuleOf(opened.status()) == "PAGE_TOKEN_INVALID", "a token is refused by its rule");
}

// `what` says how the token is changed, and where.
std::string Changed(std::string token, uint8_t what, std::size_t where, std::string_view with) {
  std::string bytes;
  switch (what % 4) {
    case 0:
      return token.substr(0, where % (token.size() + 1)) + std::string(with);
    case 1:
      return token.insert(where % (token.size() + 1), with);
    case 2:
      token[where % token.size()] = with.empty() ? 'A' : with[0];
      return token;
    default:
      // The change is made to the bytes under the base 64.
      absl::WebSafeBase64Unescape(token, &bytes);
      bytes[where % bytes.size()] ^= static_cast<char>(with.empty() ? 1 : with[0]);
      return absl::WebSafeBase64Escape(bytes);
  }
}

}  // namespace

ACCORD_FUZZ_TARGET(page_tokens, bytes) {
  Input input(bytes);
  const uint8_t mode = input.Byte();
  if (mode == 'r') return Refused(Tokens().Open("scope", input.rest()));
  const std::string scope(input.Take(input.Byte()));
  const std::string position(input.Take(input.Byte()));
  const std::string token = Tokens().Seal(scope, position);
  const auto opened = Tokens().Open(scope, token);
  Hold(opened.ok() && *opened == position, "a token opens to what was sealed");
  Refused(Tokens().Open(scope + "x", token));
  const auto where = static_cast<std::size_t>(input.Number(2));
  const auto changed = Tokens().Open(scope, Changed(token, mode, where, input.rest()));
  if (changed.ok()) Hold(*changed == position, "a changed token opens to nothing else");
}

}  // namespace accord::fuzz
