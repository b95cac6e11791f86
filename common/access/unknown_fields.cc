#include "common/access/unknown_fields.h"

#include <algorithm>

#include "common/access/inner_messages.h"

namespace accord {

bool HasUnknownFields(const google::protobuf::Message& message) {
  if (!message.GetReflection()->GetUnknownFields(message).empty()) return true;
  const auto messages = InnerMessageFields(message);
  return std::any_of(messages.begin(), messages.end(),
                     [&](const auto* field) { return AnyInnerMessage(message, field, HasUnknownFields); });
}

void DiscardUnknownFields(google::protobuf::Message* message) {
  const auto* reflection = message->GetReflection();
  if (!reflection->GetUnknownFields(*message).empty()) reflection->MutableUnknownFields(message)->Clear();
  for (const auto* field : MessageFieldsOf(message->GetDescriptor())) {
    if (!field->is_repeated()) {
      if (reflection->HasField(*message, field))
        DiscardUnknownFields(reflection->MutableMessage(message, field));
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(*message, field); ++i) {
      DiscardUnknownFields(reflection->MutableRepeatedMessage(message, field, i));
    }
  }
}

}  // namespace accord
