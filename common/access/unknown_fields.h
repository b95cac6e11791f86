// This finds fields that a newer version of Accord wrote.
#ifndef ACCORD_COMMON_ACCESS_UNKNOWN_FIELDS_H_
#define ACCORD_COMMON_ACCESS_UNKNOWN_FIELDS_H_

#include <google/protobuf/message.h>

namespace accord {

// This says whether the message, or one nested in it, has a field that this build does not know because a
// newer version wrote it.
bool HasUnknownFields(const google::protobuf::Message& message);
// This removes such fields from the message and from what is nested in it, and looks at no field that holds
// no message, as Message::DiscardUnknownFields does.
void DiscardUnknownFields(google::protobuf::Message* message);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_UNKNOWN_FIELDS_H_
