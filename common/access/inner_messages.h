// This finds the messages that stand in a message, by reflection.
#ifndef ACCORD_COMMON_ACCESS_INNER_MESSAGES_H_
#define ACCORD_COMMON_ACCESS_INNER_MESSAGES_H_

#include <google/protobuf/message.h>

#include <vector>

namespace accord {

// Calls `fn(const Message&)` with each message that is set in a direct field of `message`, in the
// order of field numbers; for a repeated field, with each element. It does not recurse: `fn` may
// call it again to go deeper.
template <class Fn>
void EachInnerMessage(const google::protobuf::Message& message, const Fn& fn) {
  const google::protobuf::Reflection* reflection = message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const auto* field : fields) {
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      fn(reflection->GetMessage(message, field));
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      fn(reflection->GetRepeatedMessage(message, field, i));
    }
  }
}

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_INNER_MESSAGES_H_
