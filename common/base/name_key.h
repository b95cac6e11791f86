// This brings names and numbers into the form in which they are compared, so that another spelling is the
// same name.
#ifndef ACCORD_COMMON_BASE_NAME_KEY_H_
#define ACCORD_COMMON_BASE_NAME_KEY_H_

#include <string>
#include <string_view>

namespace accord {

// This gives the key of the name of a person, an organisation or a place, without case and accents.
// Apostrophes, backticks and full stops are removed, and other punctuation becomes a space: `Native Women's
// Centre` and `NATIVE WOMENS CENTRE` are equal, and `Jean-François` becomes `jean francois`. It is empty if
// nothing is left.
std::string NameKey(std::string_view name);

// This gives the key of a court file number, an invoice number and the like: letters and digits, with one
// space where something stands between two digits: `FS-26-0001` becomes `fs26 0001`, and `17-11` differs from
// `1-711`. A text without letters or digits is only folded.
std::string NumberKey(std::string_view number);

// This gives what NameKey gave before 2026-11-28. Rows that were stored under such keys are looked up by
// it too.
std::string NameKeyBefore(std::string_view name);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_NAME_KEY_H_
