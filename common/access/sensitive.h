// These functions find the fields that the protos mark sensitive, by reflection.
#ifndef ACCORD_COMMON_ACCESS_SENSITIVE_H_
#define ACCORD_COMMON_ACCESS_SENSITIVE_H_

#include <google/protobuf/message.h>

#include <memory>
#include <set>
#include <string>

#include "accord/annotations/v1/fields.pb.h"

namespace accord {

// This gives the class that a caller needs to read the field; it is unspecified if every reader of the
// message may read it.
annotations::v1::SensitiveClass SensitiveClassOf(const google::protobuf::FieldDescriptor* field);

// This says whether the message type, or one nested in it, has a sensitive field.
bool HasSensitive(const google::protobuf::Descriptor* message);

// This moves every sensitive field, and every field that this build does not know, into a message of the same
// shape, in which repeated messages keep their places.
std::unique_ptr<google::protobuf::Message> TakeSensitive(google::protobuf::Message* message);
// This puts the fields that TakeSensitive moved back into the message.
void RestoreSensitive(google::protobuf::Message* message, google::protobuf::Message* taken);

// This clears each set field whose class is not among `classes`, and gives the paths of what was
// cleared, without indexes, for example `referrals.reporter_belief`.
std::set<std::string> MaskSensitive(google::protobuf::Message* message,
                                    const std::set<annotations::v1::SensitiveClass>& classes);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_SENSITIVE_H_
