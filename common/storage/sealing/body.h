// This is how a resource is stored: a first line that everybody with access to the database may read and,
// where something is sensitive, a second line that is sealed. It is private to common/storage and to tests.
#ifndef ACCORD_COMMON_STORAGE_SEALING_BODY_H_
#define ACCORD_COMMON_STORAGE_SEALING_BODY_H_

#include <google/protobuf/message.h>

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/storage/sealing/closed_kind.h"
#include "common/storage/sealing/keyring.h"
#include "common/storage/sealing/resource_type.h"

namespace accord::storage {

// `keyring` may be null if no stored field is sensitive; otherwise these fail with FAILED_PRECONDITION and
// rule SEAL_KEY_MISSING.
absl::StatusOr<std::string> EncodeBody(const Keyring* keyring, const std::string& kind,
                                       const google::protobuf::Message& message);
// This fails with DATA_LOSS and rule RESOURCE_UNREADABLE or SEAL_BROKEN.
absl::Status DecodeBody(const Keyring* keyring, const std::string& kind, std::string_view body,
                        google::protobuf::Message* out);

// This gives what can be read of a stored body without a key; sealed content stays sealed.
std::string WithoutKey(std::string_view body);

// This gives the key that sealed a stored body, or nothing if nothing in it is sealed.
std::string SealKeyOfBody(std::string_view body);

// This reads the line that is not sealed, and ignores the sealed one.
bool ReadOpenLine(std::string_view body, google::protobuf::Message* out);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_SEALING_BODY_H_
