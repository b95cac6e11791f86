// AES-256-GCM: what is sealed can be neither read nor changed nor moved to another place without the key.
#ifndef ACCORD_COMMON_BASE_AEAD_H_
#define ACCORD_COMMON_BASE_AEAD_H_

#include <optional>
#include <string>
#include <string_view>

namespace accord {

// `key`: 32 bytes. `context` is bound to the result and must be the same to open it. Nonce, tag and
// cipher text.
std::string SealAead(std::string_view key, std::string_view context, std::string_view plain);
// nullopt unless SealAead made it with this key and context.
std::optional<std::string> OpenAead(std::string_view key, std::string_view context, std::string_view sealed);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_AEAD_H_
