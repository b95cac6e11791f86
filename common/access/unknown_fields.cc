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

}  // namespace accord
