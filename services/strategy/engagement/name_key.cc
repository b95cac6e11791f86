#include "services/strategy/engagement/name_key.h"

#include "absl/strings/ascii.h"
#include "common/base/folded.h"

namespace accord::strategy {

std::string NameKey(std::string_view title) {
  std::string key;
  for (const char c : Folded(title)) {
    const auto byte = static_cast<unsigned char>(c);
    // Within a word these are left out, and other punctuation divides words.
    if (c == '\'' || c == '.') continue;
    if (byte >= 0x80 || absl::ascii_isalnum(byte)) {
      key.push_back(c);
    } else if (!key.empty() && key.back() != ' ') {
      key.push_back(' ');
    }
  }
  if (!key.empty() && key.back() == ' ') key.pop_back();
  return key;
}

}  // namespace accord::strategy
