#include "services/gateway/calls/message_hash.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <cstdlib>

#include "common/base/ids.h"

namespace accord::gateway {
namespace {

const unsigned char* HashedBytes(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

// A record without its hash would be wrong, so the process ends. OpenSSL fails here only if memory runs out.
void AbortUnlessHashed(bool done) {
  if (!done) std::abort();
}

}  // namespace

void MessageHash::Add(std::string_view key, std::string_view piece) {
  if (context_ == nullptr) {
    static EVP_MAC* const mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    context_.reset(EVP_MAC_CTX_new(mac));
    char digest[] = "SHA256";
    const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                 OSSL_PARAM_construct_end()};
    AbortUnlessHashed(context_ != nullptr &&
                      EVP_MAC_init(context_.get(), HashedBytes(key), key.size(), params) == 1);
  }
  AbortUnlessHashed(EVP_MAC_update(context_.get(), HashedBytes(piece), piece.size()) == 1);
}

std::string MessageHash::Finish(std::string_view key, std::string_view last) {
  if (context_ == nullptr) return HmacSha256(key, last);
  Add(key, last);
  std::string hash(32, '\0');
  std::size_t size = 0;
  AbortUnlessHashed(
      EVP_MAC_final(context_.get(), reinterpret_cast<unsigned char*>(hash.data()), &size, hash.size()) == 1);
  context_.reset();
  return hash;
}

}  // namespace accord::gateway
