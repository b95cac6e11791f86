// This finds the messages that stand in a message, by reflection.
#ifndef ACCORD_COMMON_ACCESS_INNER_MESSAGES_H_
#define ACCORD_COMMON_ACCESS_INNER_MESSAGES_H_

#include <google/protobuf/message.h>

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace accord {

// This gives the fields of a type that hold messages, in the order of their numbers. They are found once for
// each thread, because a page of a list asks for each of its records and all that stands in them.
inline const std::vector<const google::protobuf::FieldDescriptor*>& MessageFieldsOf(
    const google::protobuf::Descriptor* type) {
  using google::protobuf::FieldDescriptor;
  static thread_local std::unordered_map<const google::protobuf::Descriptor*,
                                         std::vector<const FieldDescriptor*>>
      known;
  const auto [found, fresh] = known.try_emplace(type);
  std::vector<const FieldDescriptor*>& fields = found->second;
  if (!fresh) return fields;
  for (int i = 0; i < type->field_count(); ++i) {
    if (type->field(i)->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) fields.push_back(type->field(i));
  }
  std::sort(fields.begin(), fields.end(),
            [](const auto* one, const auto* other) { return one->number() < other->number(); });
  return fields;
}

// This calls `fn(const Message&)` with each message that is set in a direct field of `message`, in the
// order of field numbers; for a repeated field, with each element. It does not recurse: `fn` may
// call it again to go deeper.
template <class Fn>
void EachInnerMessage(const google::protobuf::Message& message, const Fn& fn) {
  const google::protobuf::Reflection* reflection = message.GetReflection();
  for (const auto* field : MessageFieldsOf(message.GetDescriptor())) {
    if (!field->is_repeated()) {
      if (reflection->HasField(message, field)) fn(reflection->GetMessage(message, field));
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
  const google::protobuf::Reflection* reflection = message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> messages;
  for (const auto* field : MessageFieldsOf(message.GetDescriptor())) {
    const bool is_set = field->is_repeated() ? reflection->FieldSize(message, field) > 0
                                             : reflection->HasField(message, field);
    if (is_set && !field->is_map()) messages.push_back(field);
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
