// This is the keyed hash of a message that comes in pieces.
#ifndef ACCORD_SERVICES_GATEWAY_CALLS_MESSAGE_HASH_H_
#define ACCORD_SERVICES_GATEWAY_CALLS_MESSAGE_HASH_H_

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

namespace accord::gateway {

// The hash is HMAC-SHA-256. Nothing of the message is kept.
class MessageHash {
 public:
  void Add(std::string_view key, std::string_view piece);
  // This gives 32 bytes over all pieces and `last`.
  std::string Finish(std::string_view key, std::string_view last);

 private:
  struct Free {
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
  };
  std::unique_ptr<EVP_MAC_CTX, Free> context_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_CALLS_MESSAGE_HASH_H_
