// This folds text into the form in which it is compared, so that another spelling of a name does not evade
// the comparison.
#ifndef ACCORD_COMMON_BASE_FOLDED_H_
#define ACCORD_COMMON_BASE_FOLDED_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace accord {

// Folds UTF-8 text: Latin, Greek and Cyrillic letters become lower case and lose their accents,
// every run of spaces becomes one space, apostrophes and hyphens of all kinds become the ASCII
// ones, and invisible characters are removed. Full-width letters and digits, and Arabic and
// mathematical digits, become ASCII. Other scripts stay as they are.
std::string Folded(std::string_view text);

// This gives what Folded gave before 2026-11-28, when it knew only the Latin letters up to U+017F. Keys that
// were stored by then are looked up by it, so it must never change.
std::string FoldedBefore(std::string_view text);

// This is one letter of a text. Its `code` is zero for a last letter whose bytes are cut off.
struct Letter {
  uint32_t code = 0;
  std::string_view text;
};
// This gives the letter that begins at byte `at`, which must be within the text.
Letter LetterAt(std::string_view text, std::size_t at);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_FOLDED_H_
