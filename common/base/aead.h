// This encrypts with AES-256-GCM. Without the key, sealed data cannot be read, changed or moved to
// another context.
#ifndef ACCORD_COMMON_BASE_AEAD_H_
#define ACCORD_COMMON_BASE_AEAD_H_

#include <optional>
#include <string>
#include <string_view>

namespace accord {

// This gives the nonce, tag and cipher text. `key` has 32 bytes. `context` is bound to the result, and
// OpenAead needs the same context.
std::string SealAead(std::string_view key, std::string_view context, std::string_view plain);
// This gives the plain text, or nullopt unless SealAead made `sealed` with this key and context.
std::optional<std::string> OpenAead(std::string_view key, std::string_view context, std::string_view sealed);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_AEAD_H_
