#include "clients/accordctl/core/kebab_case.h"

#include "absl/strings/ascii.h"

namespace accord::ctl {

std::string KebabCase(const std::string& text) {
  std::string kebab;
  for (const char c : text) {
    if (c == '_') {
      kebab += '-';
    } else {
      if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !kebab.empty()) kebab += '-';
      kebab += absl::ascii_tolower(static_cast<unsigned char>(c));
    }
  }
  return kebab;
}

}  // namespace accord::ctl
