// References that stand for a person and must not say who it is.
#ifndef ACCORD_COMMON_BASE_OPAQUE_H_
#define ACCORD_COMMON_BASE_OPAQUE_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"

namespace accord {

// INVALID_ARGUMENT with rule REFERENCE_NAMES_PERSON, and the path of the field, if the reference looks like a
// name (two words beside each other, or no digit at all), like a date of birth (a whole day, a year or more
// before `today`, the name of a month beside a day or a past year, a week) or like the number of a person's
// telephone or insurance; or if it has a character that is no printable ASCII, `@`, `\` or `..`. An empty one
// passes: whether it may be is asked elsewhere. That it passes proves nothing: the sender's own system mints
// what means nothing elsewhere.
absl::Status CheckOpaque(const std::string& field, std::string_view reference, absl::CivilDay today);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_OPAQUE_H_
