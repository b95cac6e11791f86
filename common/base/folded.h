// Text as it is compared where a name must not slip through by another way of writing it.
#ifndef ACCORD_COMMON_BASE_FOLDED_H_
#define ACCORD_COMMON_BASE_FOLDED_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace accord {

// Folds UTF-8: Latin, Greek and Cyrillic letters become small and lose their accents, every run of spaces
// becomes one, apostrophes and hyphens of all kinds become those of a typewriter, and what nobody sees is
// left out. Letters and digits of full width are those of a typewriter, and digits of Arabic and mathematics
// too. Other scripts stay as they are.
std::string Folded(std::string_view text);

// What Folded gave until 2026-11-28, which knew the Latin letters up to U+017F only. Keys that were stored
// then are looked for by it, so it never changes.
std::string FoldedBefore(std::string_view text);

// One letter of a text. The last has no code (zero) where the text was cut off within it.
struct Letter {
  uint32_t code = 0;
  std::string_view text;
};
// The letter that begins at `at`, which is within the text.
Letter LetterAt(std::string_view text, std::size_t at);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_FOLDED_H_
