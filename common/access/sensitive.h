// Fields that the protos mark sensitive, found by reflection.
#ifndef ACCORD_COMMON_ACCESS_SENSITIVE_H_
#define ACCORD_COMMON_ACCESS_SENSITIVE_H_

#include <google/protobuf/message.h>

#include <memory>
#include <set>
#include <string>

#include "accord/annotations/v1/fields.pb.h"

namespace accord {

// The class of who reads the field; unspecified if whoever reads the message reads it.
annotations::v1::SensitiveClass SensitiveClassOf(const google::protobuf::FieldDescriptor* field);

// The message or something in it has a sensitive field.
bool HasSensitive(const google::protobuf::Descriptor* message);

// Something in the message is of a field that this build does not know: a newer version wrote it.
bool HasUnknown(const google::protobuf::Message& message);

// Moves every sensitive field, and every field that this build does not know, into a message of the same
// shape, in which repeated messages keep their places.
std::unique_ptr<google::protobuf::Message> TakeSensitive(google::protobuf::Message* message);
// This is the inverse of the function above.
void RestoreSensitive(google::protobuf::Message* message, google::protobuf::Message* taken);

// Clears each set field whose class is not among `classes`; the paths of what was cleared, without
// indexes: `referrals.reporter_belief`.
std::set<std::string> MaskSensitive(google::protobuf::Message* message,
                                    const std::set<annotations::v1::SensitiveClass>& classes);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_SENSITIVE_H_
