// This is what the field options demand of a request, checked before any handler runs.
#ifndef ACCORD_COMMON_ACCESS_REQUEST_CHECK_H_
#define ACCORD_COMMON_ACCESS_REQUEST_CHECK_H_

#include <google/protobuf/message.h>

#include <cstdint>

#include "absl/status/status.h"

namespace accord {

// This is the largest number of elements of a repeated field whose rule gives no maximum.
inline constexpr uint32_t kMaxElements = 256;
inline constexpr uint32_t kMaxStringBytes = 8192;

// This checks a request against its field options. It returns INVALID_ARGUMENT with a BadRequest that names
// every field at fault: a required field is absent, a text is too long or of the wrong form, a name is that
// of another kind of record, an enum number has no name, a string contains NUL, or page_size is negative.
// Output-only fields are cleared first.
absl::Status CheckRequest(google::protobuf::Message* request);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_REQUEST_CHECK_H_
