// An opaque reference stands for a person and must not reveal who it is.
#ifndef ACCORD_COMMON_BASE_OPAQUE_REFERENCE_H_
#define ACCORD_COMMON_BASE_OPAQUE_REFERENCE_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"

namespace accord {

// This returns INVALID_ARGUMENT with rule REFERENCE_NAMES_PERSON, and the path of the field, if the reference
// looks like a name (two adjacent words, or no digit at all), like a date of birth (a whole day a year or
// more before `today`, the name of a month beside a day or a past year, a week) or like a telephone or
// insurance number, or if it contains `@`, `\`, `..` or a character that is not printable ASCII. An empty
// reference passes; whether it may be empty is checked elsewhere. To pass proves nothing: the sender's own
// system has to create references that mean nothing elsewhere.
absl::Status CheckOpaqueReference(const std::string& field, std::string_view reference, absl::CivilDay today);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_OPAQUE_REFERENCE_H_
