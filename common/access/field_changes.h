// This finds out which fields differ between two versions of a record, and what a reader may know of that.
#ifndef ACCORD_COMMON_ACCESS_FIELD_CHANGES_H_
#define ACCORD_COMMON_ACCESS_FIELD_CHANGES_H_

#include <google/protobuf/message.h>
#include <google/protobuf/repeated_ptr_field.h>

#include <set>

#include "accord/annotations/v1/fields.pb.h"
#include "accord/host/v1/field_changes.pb.h"

namespace accord {

// This gives the differences between two versions of one record, in the order in which the fields are
// declared. A field whose class is not among `classes` is reported as masked, without either value. The
// record's `name`, `etag` and `update_time` and fields unknown to this build are left out.
google::protobuf::RepeatedPtrField<host::v1::FieldChange> FieldChanges(
    const google::protobuf::Message& before, const google::protobuf::Message& after,
    const std::set<annotations::v1::SensitiveClass>& classes);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_FIELD_CHANGES_H_
