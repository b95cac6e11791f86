// Text as it is compared where a name must not slip through by another way of writing it.
#ifndef ACCORD_COMMON_BASE_FOLDED_H_
#define ACCORD_COMMON_BASE_FOLDED_H_

#include <string>
#include <string_view>

namespace accord {

// Folds UTF-8: Latin letters become small and lose their accents, every run of spaces becomes one,
// apostrophes and hyphens become those of a typewriter, so do letters and digits of full width, and what
// nobody sees is left out. Other scripts stay as they are, but for their digits.
std::string Folded(std::string_view text);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_FOLDED_H_
