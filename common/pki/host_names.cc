#include "common/pki/host_names.h"

#include <arpa/inet.h>

#include <algorithm>

#include "absl/strings/ascii.h"

namespace accord::pki {
namespace {

// This says whether the text is a label of a host name, between dots.
bool IsHostLabel(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-'; });
}

}  // namespace

bool IsHostName(std::string_view text) {
  if (text.size() > 253) return false;
  if (text.substr(0, 2) == "*.") text.remove_prefix(2);
  for (;;) {
    const std::size_t dot = text.find('.');
    if (!IsHostLabel(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool IsAddress(const std::string& text) {
  unsigned char bytes[sizeof(in6_addr)];
  // A text with a NUL would be parsed only up to it.
  return text.find('\0') == std::string::npos &&
         (inet_pton(AF_INET, text.c_str(), bytes) == 1 || inet_pton(AF_INET6, text.c_str(), bytes) == 1);
}

}  // namespace accord::pki
