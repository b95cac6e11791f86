#include "common/base/aead.h"

#include <openssl/evp.h>

#include <memory>

#include "common/base/ids.h"

namespace accord {
namespace {

constexpr std::size_t kNonce = 12, kTag = 16;

struct ContextDeleter {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, ContextDeleter>;

const unsigned char* Raw(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }
unsigned char* Raw(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }

}  // namespace

std::string SealAead(std::string_view key, std::string_view context, std::string_view plain) {
  const std::string nonce = RandomBytes(kNonce);
  std::string cipher(plain.size(), '\0'), tag(kTag, '\0');
  Context state(EVP_CIPHER_CTX_new());
  int size = 0;
  EVP_EncryptInit_ex(state.get(), EVP_aes_256_gcm(), nullptr, Raw(key), Raw(std::string_view(nonce)));
  EVP_EncryptUpdate(state.get(), nullptr, &size, Raw(context), static_cast<int>(context.size()));
  EVP_EncryptUpdate(state.get(), Raw(cipher), &size, Raw(plain), static_cast<int>(plain.size()));
  EVP_EncryptFinal_ex(state.get(), Raw(cipher) + size, &size);
  EVP_CIPHER_CTX_ctrl(state.get(), EVP_CTRL_GCM_GET_TAG, kTag, Raw(tag));
  return nonce + tag + cipher;
}

std::optional<std::string> OpenAead(std::string_view key, std::string_view context, std::string_view sealed) {
  if (sealed.size() < kNonce + kTag) return std::nullopt;
  std::string tag(sealed.substr(kNonce, kTag));
  const std::string_view cipher = sealed.substr(kNonce + kTag);
  std::string plain(cipher.size(), '\0');
  Context state(EVP_CIPHER_CTX_new());
  int size = 0;
  EVP_DecryptInit_ex(state.get(), EVP_aes_256_gcm(), nullptr, Raw(key), Raw(sealed));
  EVP_DecryptUpdate(state.get(), nullptr, &size, Raw(context), static_cast<int>(context.size()));
  EVP_DecryptUpdate(state.get(), Raw(plain), &size, Raw(cipher), static_cast<int>(cipher.size()));
  EVP_CIPHER_CTX_ctrl(state.get(), EVP_CTRL_GCM_SET_TAG, kTag, Raw(tag));
  if (EVP_DecryptFinal_ex(state.get(), Raw(plain) + size, &size) != 1) return std::nullopt;
  return plain;
}

}  // namespace accord
