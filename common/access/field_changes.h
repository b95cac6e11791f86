// Which fields differ between two versions of a record, and what a reader may know of that.
#ifndef ACCORD_COMMON_ACCESS_FIELD_CHANGES_H_
#define ACCORD_COMMON_ACCESS_FIELD_CHANGES_H_

#include <google/protobuf/message.h>
#include <google/protobuf/repeated_ptr_field.h>

#include <set>

#include "accord/annotations/v1/fields.pb.h"
#include "accord/host/v1/field_changes.pb.h"

namespace accord {

// What differs between two versions of one record, in the order in which the fields are declared. A field
// whose class is not among `classes` is told as masked, without a value of either version. Left out are
// `name`, `etag` and `update_time` of the record, and whatever this build does not know.
google::protobuf::RepeatedPtrField<host::v1::FieldChange> FieldChanges(
    const google::protobuf::Message& before, const google::protobuf::Message& after,
    const std::set<annotations::v1::SensitiveClass>& classes);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_FIELD_CHANGES_H_
