// This finds the messages that stand in a message, by reflection.
#ifndef ACCORD_COMMON_ACCESS_INNER_MESSAGES_H_
#define ACCORD_COMMON_ACCESS_INNER_MESSAGES_H_

#include <google/protobuf/message.h>

#include <vector>

namespace accord {

// This calls `fn(const Message&)` with each message that is set in a direct field of `message`, in the
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

// This gives the fields of the message that are set and hold messages, except maps.
inline std::vector<const google::protobuf::FieldDescriptor*> InnerMessageFields(
    const google::protobuf::Message& message) {
  std::vector<const google::protobuf::FieldDescriptor*> set, messages;
  message.GetReflection()->ListFields(message, &set);
  for (const auto* field : set) {
    if (field->message_type() != nullptr && !field->is_map()) messages.push_back(field);
  }
  return messages;
}

// This says whether `fn(const Message&)` is true for a message in the field.
template <class Fn>
bool AnyInnerMessage(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor* field,
                     Fn fn) {
  const auto* reflection = message.GetReflection();
  if (!field->is_repeated()) return fn(reflection->GetMessage(message, field));
  for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
    if (fn(reflection->GetRepeatedMessage(message, field, i))) return true;
  }
  return false;
}

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_INNER_MESSAGES_H_
