// Which fields of the records of a list its caller wants: whoever needs a state and a date is sent no more.
#ifndef ACCORD_COMMON_HOST_CALLS_READ_MASK_H_
#define ACCORD_COMMON_HOST_CALLS_READ_MASK_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/message.h>

#include "absl/status/status.h"

namespace accord::host {

// FIELD_INVALID for each path of the mask that is no field of the records that such an answer lists.
absl::Status CheckReadMask(const google::protobuf::FieldMask& mask,
                           const google::protobuf::Descriptor& answer);

// Leaves of each record that the answer lists only what the mask names, its name and its etag. An empty mask
// leaves everything.
void ApplyReadMask(const google::protobuf::FieldMask& mask, google::protobuf::Message* answer);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_CALLS_READ_MASK_H_
