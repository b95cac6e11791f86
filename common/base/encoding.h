// These functions write bytes as text, in hexadecimal digits or base 64.
#ifndef ACCORD_COMMON_BASE_ENCODING_H_
#define ACCORD_COMMON_BASE_ENCODING_H_

#include <optional>
#include <string>
#include <string_view>

namespace accord {

std::string Hex(std::string_view bytes);
std::string Base64(std::string_view bytes);
// This accepts padded and unpadded text, and gives nullopt if it is not base 64.
std::optional<std::string> Unbase64(std::string_view text);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_ENCODING_H_
