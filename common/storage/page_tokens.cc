#include "common/storage/page_tokens.h"

#include <openssl/evp.h>

#include <memory>

#include "absl/strings/escaping.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::storage {
namespace {

constexpr std::size_t kNonce = 12, kTag = 16;

struct ContextDeleter {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, ContextDeleter>;

const unsigned char* Raw(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }
unsigned char* Raw(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }

absl::Status Invalid() {
  return Refuse(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID",
                "page_token is not from this list; begin without one.");
}

}  // namespace

PageTokens::PageTokens(std::string_view secret) : key_(HmacSha256(secret, "accord page tokens v1")) {}

std::string PageTokens::Seal(std::string_view scope, std::string_view position) const {
  const std::string nonce = RandomBytes(kNonce);
  std::string cipher(position.size(), '\0'), tag(kTag, '\0');
  Context context(EVP_CIPHER_CTX_new());
  int size = 0;
  EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, Raw(std::string_view(key_)),
                     Raw(std::string_view(nonce)));
  EVP_EncryptUpdate(context.get(), nullptr, &size, Raw(scope), static_cast<int>(scope.size()));
  EVP_EncryptUpdate(context.get(), Raw(cipher), &size, Raw(position), static_cast<int>(position.size()));
  EVP_EncryptFinal_ex(context.get(), Raw(cipher) + size, &size);
  EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTag, Raw(tag));
  return absl::WebSafeBase64Escape(nonce + tag + cipher);
}

absl::StatusOr<std::string> PageTokens::Open(std::string_view scope, std::string_view token) const {
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(absl::string_view(token.data(), token.size()), &bytes) ||
      bytes.size() < kNonce + kTag) {
    return Invalid();
  }
  std::string tag = bytes.substr(kNonce, kTag);
  const std::string cipher = bytes.substr(kNonce + kTag);
  std::string position(cipher.size(), '\0');
  Context context(EVP_CIPHER_CTX_new());
  int size = 0;
  EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, Raw(std::string_view(key_)),
                     Raw(std::string_view(bytes)));
  EVP_DecryptUpdate(context.get(), nullptr, &size, Raw(scope), static_cast<int>(scope.size()));
  EVP_DecryptUpdate(context.get(), Raw(position), &size, Raw(std::string_view(cipher)),
                    static_cast<int>(cipher.size()));
  EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTag, Raw(tag));
  if (EVP_DecryptFinal_ex(context.get(), Raw(position) + size, &size) != 1) return Invalid();
  return position;
}

}  // namespace accord::storage
