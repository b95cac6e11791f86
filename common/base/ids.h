// Identifiers, and the random bytes and digests that they are made of.
#ifndef ACCORD_COMMON_BASE_IDS_H_
#define ACCORD_COMMON_BASE_IDS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "common/base/encoding.h"

namespace accord {

// 26 characters of lower-case Crockford base 32 (a ULID): 48 bits of milliseconds, 80 random bits. Ids of a
// later millisecond sort after those of an earlier one.
std::string NewId(absl::Time now);

// The form of an id (STRING_FORM_ID): 1 to 63 of a-z, 0-9 and -, starting with a letter. Whatever becomes
// part of a resource name, a certificate or a path is one.
bool IsId(std::string_view text);

// The bytes are cryptographically strong.
std::string RandomBytes(std::size_t count);

// 32 bytes.
std::string Sha256(std::string_view bytes);
std::string HmacSha256(std::string_view key, std::string_view bytes);

// Gives what a service, its answers and the audit log call one stored version of a resource: the first 16
// bytes of SHA-256 over service, resource name and version, with a line feed between them. `service` is that
// of the proto package, for example `protocols`.
std::string RevisionDigest(std::string_view service, std::string_view name, int64_t version);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_IDS_H_
