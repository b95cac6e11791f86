#include "common/base/aead.h"

#include <openssl/evp.h>

#include <cstdlib>
#include <memory>

#include "common/base/ids.h"

namespace accord {
namespace {

constexpr std::size_t kNonce = 12, kTag = 16;

struct ContextDeleter {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

// This gives the thread's own cipher context, which is reused, because a page of a list opens a sealed value
// for each record.
EVP_CIPHER_CTX* AeadContext() {
  static thread_local const std::unique_ptr<EVP_CIPHER_CTX, ContextDeleter> context(EVP_CIPHER_CTX_new());
  return context.get();
}

const EVP_CIPHER* AeadCipher() {
  static const EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  return cipher;
}

// OpenSSL fails here only for lack of memory. The process ends then, because it cannot protect
// anything without a cipher.
void RequireAead(bool done) {
  if (!done) std::abort();
}

const unsigned char* AeadBytes(std::string_view s) {
  return reinterpret_cast<const unsigned char*>(s.data());
}
unsigned char* AeadBytes(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }

}  // namespace

std::string SealAead(std::string_view key, std::string_view context, std::string_view plain) {
  const std::string nonce = RandomBytes(kNonce);
  std::string cipher(plain.size(), '\0'), tag(kTag, '\0');
  EVP_CIPHER_CTX* const state = AeadContext();
  int size = 0;
  RequireAead(
      EVP_EncryptInit_ex2(state, AeadCipher(), AeadBytes(key), AeadBytes(std::string_view(nonce)), nullptr) ==
          1 &&
      EVP_EncryptUpdate(state, nullptr, &size, AeadBytes(context), static_cast<int>(context.size())) == 1 &&
      EVP_EncryptUpdate(state, AeadBytes(cipher), &size, AeadBytes(plain), static_cast<int>(plain.size())) ==
          1 &&
      EVP_EncryptFinal_ex(state, AeadBytes(cipher) + size, &size) == 1 &&
      EVP_CIPHER_CTX_ctrl(state, EVP_CTRL_GCM_GET_TAG, kTag, AeadBytes(tag)) == 1);
  return nonce + tag + cipher;
}

std::optional<std::string> OpenAead(std::string_view key, std::string_view context, std::string_view sealed) {
  if (sealed.size() < kNonce + kTag) return std::nullopt;
  std::string tag(sealed.substr(kNonce, kTag));
  const std::string_view cipher = sealed.substr(kNonce + kTag);
  std::string plain(cipher.size(), '\0');
  EVP_CIPHER_CTX* const state = AeadContext();
  int size = 0;
  const bool opened =
      EVP_DecryptInit_ex2(state, AeadCipher(), AeadBytes(key), AeadBytes(sealed), nullptr) == 1 &&
      EVP_DecryptUpdate(state, nullptr, &size, AeadBytes(context), static_cast<int>(context.size())) == 1 &&
      EVP_DecryptUpdate(state, AeadBytes(plain), &size, AeadBytes(cipher), static_cast<int>(cipher.size())) ==
          1 &&
      EVP_CIPHER_CTX_ctrl(state, EVP_CTRL_GCM_SET_TAG, kTag, AeadBytes(tag)) == 1 &&
      EVP_DecryptFinal_ex(state, AeadBytes(plain) + size, &size) == 1;
  if (!opened) return std::nullopt;
  return plain;
}

}  // namespace accord
