#include "common/base/name_key.h"

#include <cstdint>

#include "absl/strings/ascii.h"
#include "common/base/folded.h"

namespace accord {
namespace {

// This says whether the code is a quotation mark, bullet or other sign outside of ASCII, which
// separates words.
bool IsNameKeySign(uint32_t code) {
  return (code >= 0xa1 && code <= 0xbf && code != 0xaa && code != 0xb5 && code != 0xba) || code == 0xd7 ||
         code == 0xf7 || (code >= 0x2010 && code <= 0x206f) || (code >= 0x2100 && code <= 0x2bff) ||
         (code >= 0x3001 && code <= 0x303f);
}

// This replaces whatever separates the words of a folded text by one space.
std::string NameKeyWords(std::string_view folded, bool signs_divide) {
  std::string key;
  for (std::size_t i = 0; i < folded.size();) {
    const Letter letter = LetterAt(folded, i);
    i += letter.text.size();
    // These are removed within a word; any other punctuation separates words.
    if (letter.text == "'" || letter.text == ".") continue;
    const auto first = static_cast<unsigned char>(letter.text.front());
    const bool kept =
        first < 0x80 ? absl::ascii_isalnum(first) : !signs_divide || !IsNameKeySign(letter.code);
    if (kept) {
      key.append(letter.text);
    } else if (!key.empty() && key.back() != ' ') {
      key.push_back(' ');
    }
  }
  if (!key.empty() && key.back() == ' ') key.pop_back();
  return key;
}

}  // namespace

std::string NameKey(std::string_view name) { return NameKeyWords(Folded(name), true); }

std::string NumberKey(std::string_view number) {
  const auto is_digit = [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); };
  const std::string folded = Folded(number), words = NameKeyWords(folded, true);
  std::string key;
  for (std::size_t i = 0; i < words.size(); ++i) {
    // The result of NameKeyWords neither begins nor ends with a space. `17-11` and `1-711` are
    // two numbers.
    if (words[i] != ' ' || (is_digit(words[i - 1]) && is_digit(words[i + 1]))) key.push_back(words[i]);
  }
  return key.empty() ? folded : key;
}

std::string NameKeyBefore(std::string_view name) { return NameKeyWords(FoldedBefore(name), false); }

}  // namespace accord
