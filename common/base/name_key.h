// Names and numbers as they are compared, so that another way of writing is no other name.
#ifndef ACCORD_COMMON_BASE_NAME_KEY_H_
#define ACCORD_COMMON_BASE_NAME_KEY_H_

#include <string>
#include <string_view>

namespace accord {

// The name of a person, an organisation or a place, without regard to case and accents. Apostrophes,
// backticks and full stops are left out, and other punctuation is a space, so that `Native Women's Centre` is
// `NATIVE WOMENS CENTRE` and `Jean-François` is `jean francois`. It is empty if nothing is left.
std::string NameKey(std::string_view name);

// The number of a court's file, an invoice and the like: letters and digits, and one space where something
// stands between two digits, so that `FS-26-0001` is `fs 26 0001` and `17-11` is not `1-711`. A text that has
// neither stays as it is folded.
std::string NumberKey(std::string_view number);

// What NameKey gave until 2026-11-28: rows that were stored under it are looked for by it too.
std::string NameKeyBefore(std::string_view name);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_NAME_KEY_H_
