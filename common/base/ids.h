// These functions make identifiers and random bytes.
#ifndef ACCORD_COMMON_BASE_IDS_H_
#define ACCORD_COMMON_BASE_IDS_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "common/base/digest.h"
#include "common/base/encoding.h"

namespace accord {

// This gives a ULID: 26 characters of lower-case Crockford base 32 that hold 48 bits of milliseconds and 80
// random bits. Ids of a later millisecond sort after those of an earlier one.
std::string NewId(absl::Time now);

// This says whether the text has the form of an id (STRING_FORM_ID): 1 to 63 of a-z, 0-9 and -, starting with
// a letter. Whatever becomes part of a resource name, a certificate or a path is one.
bool IsId(std::string_view text);

// The bytes are cryptographically strong.
std::string RandomBytes(std::size_t count);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_IDS_H_
