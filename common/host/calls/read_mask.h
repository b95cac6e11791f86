// This says which fields of the listed records the caller wants, so that a caller who needs only a state and
// a date is sent no more.
#ifndef ACCORD_COMMON_HOST_CALLS_READ_MASK_H_
#define ACCORD_COMMON_HOST_CALLS_READ_MASK_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/message.h>

#include "absl/status/status.h"

namespace accord::host {

// This fails with FIELD_INVALID for each path of the mask that is not a field of the records that the
// answer lists.
absl::Status CheckReadMask(const google::protobuf::FieldMask& mask,
                           const google::protobuf::Descriptor& answer);

// This reduces each record that the answer lists to the fields that the mask names, its name and its etag. An
// empty mask keeps everything.
void ApplyReadMask(const google::protobuf::FieldMask& mask, google::protobuf::Message* answer);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_CALLS_READ_MASK_H_
