// This is what the field options demand of a request, checked before any handler runs.
#ifndef ACCORD_COMMON_ACCESS_FIELDS_H_
#define ACCORD_COMMON_ACCESS_FIELDS_H_

#include <google/protobuf/message.h>

#include <cstdint>

#include "absl/status/status.h"

namespace accord {

// This says where a rule gives no maximum.
inline constexpr uint32_t kMaxElements = 256;
inline constexpr uint32_t kMaxStringBytes = 8192;

// INVALID_ARGUMENT with a BadRequest that names every field at fault: required and absent, too long, of
// another form, the name of another kind of record, an enum number that has no name, a string with NUL, or a
// negative page_size.
// Output-only fields are cleared first.
absl::Status CheckRequest(google::protobuf::Message* request);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_FIELDS_H_
