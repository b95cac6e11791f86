// Identifiers and small encodings.
#ifndef ACCORD_COMMON_BASE_IDS_H_
#define ACCORD_COMMON_BASE_IDS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace accord {

// Gives a ULID of 26 characters in lower-case Crockford base 32: 48 bits of milliseconds and 80
// random bits. Ids of a later millisecond sort after those of an earlier one.
std::string NewId(absl::Time now);

// Whether the text has the form of an id (STRING_FORM_ID): 1 to 63 of a-z, 0-9 and -, starting with
// a letter. Every part of a resource name, a certificate or a path must have it.
bool IsId(std::string_view text);

// Gives cryptographically strong random bytes.
std::string RandomBytes(std::size_t count);

std::string Hex(std::string_view bytes);
std::string Base64(std::string_view bytes);
// Accepts padded and unpadded text; nullopt if it is not base 64.
std::optional<std::string> Unbase64(std::string_view text);

// The digest has 32 bytes.
std::string Sha256(std::string_view bytes);
std::string HmacSha256(std::string_view key, std::string_view bytes);

// Gives the identifier of one stored version of a resource, which the service, its answers and the
// audit log all use: the first 16 bytes of SHA-256 over service, resource name and version, with a
// line feed between them. `service` is that of the proto package, for example `protocols`.
std::string RevisionDigest(std::string_view service, std::string_view name, int64_t version);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_IDS_H_
