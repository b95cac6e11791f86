// These are errors about an update_mask.
#ifndef ACCORD_COMMON_HOST_CALLS_UPDATE_MASK_H_
#define ACCORD_COMMON_HOST_CALLS_UPDATE_MASK_H_

#include <google/protobuf/descriptor.h>

#include <string>

#include "absl/status/status.h"

namespace accord::host {

// This gives INVALID_ARGUMENT with rule MASK_INVALID, because `path` cannot be changed. The message quotes
// the path only if it is a field of the record, since any other path may be arbitrary text.
absl::Status CannotBeChanged(const google::protobuf::Descriptor& record, const std::string& path);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_CALLS_UPDATE_MASK_H_
