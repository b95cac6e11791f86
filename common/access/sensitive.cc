#include "common/access/sensitive.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace accord {
namespace {

using annotations::v1::SensitiveClass;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool HasSensitiveInside(const Descriptor* message, std::set<const Descriptor*>* seen) {
  if (!seen->insert(message).second) return false;
  for (int i = 0; i < message->field_count(); ++i) {
    const FieldDescriptor* field = message->field(i);
    if (SensitiveClassOf(field) != annotations::v1::SENSITIVE_CLASS_UNSPECIFIED) return true;
    if (field->message_type() != nullptr && HasSensitiveInside(field->message_type(), seen)) return true;
  }
  return false;
}

// This says which sensitive fields a message type has. It is computed once for each thread, because a page of
// a list needs it for each record.
struct Shape {
  std::vector<const FieldDescriptor*> sensitive;
  // These are the message fields whose messages have a sensitive field.
  std::vector<const FieldDescriptor*> inner;
};

const Shape& ShapeOf(const Descriptor* type) {
  static thread_local std::unordered_map<const Descriptor*, Shape> known;
  const auto [found, fresh] = known.try_emplace(type);
  Shape& shape = found->second;
  for (int i = 0; fresh && i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (SensitiveClassOf(field) != annotations::v1::SENSITIVE_CLASS_UNSPECIFIED) {
      shape.sensitive.push_back(field);
    } else if (field->message_type() != nullptr && HasSensitive(field->message_type())) {
      shape.inner.push_back(field);
    }
  }
  return shape;
}

std::vector<const FieldDescriptor*> PresentFields(const Message& message,
                                                  const std::vector<const FieldDescriptor*>& fields) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> set;
  for (const auto* field : fields) {
    const bool is_set = field->is_repeated() ? reflection->FieldSize(message, field) > 0
                                             : reflection->HasField(message, field);
    if (is_set) set.push_back(field);
  }
  return set;
}

std::vector<const FieldDescriptor*> PresentMessages(const Message& message) {
  return PresentFields(message, ShapeOf(message.GetDescriptor()).inner);
}

std::vector<const FieldDescriptor*> Sensitive(const Message& message) {
  return PresentFields(message, ShapeOf(message.GetDescriptor()).sensitive);
}

// This gives the message fields of any type, except maps, which are never sensitive.
std::vector<const FieldDescriptor*> Messages(const Message& message) {
  std::vector<const FieldDescriptor*> set, messages;
  message.GetReflection()->ListFields(message, &set);
  for (const auto* field : set) {
    if (field->message_type() != nullptr && !field->is_map()) messages.push_back(field);
  }
  return messages;
}

// This gives the fields that were taken whole, without messages of which only parts were taken. Another
// version may have sealed fields that this version treats as open; they are restored too.
std::vector<const FieldDescriptor*> TakenWhole(const Message& taken) {
  std::vector<const FieldDescriptor*> set, whole;
  taken.GetReflection()->ListFields(taken, &set);
  for (const auto* field : set) {
    const bool apart = field->message_type() != nullptr && !field->is_map() &&
                       SensitiveClassOf(field) == annotations::v1::SENSITIVE_CLASS_UNSPECIFIED;
    if (!apart) whole.push_back(field);
  }
  return whole;
}

template <class Fn>
bool AnyInnerMessage(const Message& message, const FieldDescriptor* field, Fn fn) {
  const auto* reflection = message.GetReflection();
  if (!field->is_repeated()) return fn(reflection->GetMessage(message, field));
  for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
    if (fn(reflection->GetRepeatedMessage(message, field, i))) return true;
  }
  return false;
}

bool IsOpen(const FieldDescriptor* field) {
  return SensitiveClassOf(field) == annotations::v1::SENSITIVE_CLASS_UNSPECIFIED;
}

void TakeFields(Message* message, Message* taken) {
  const auto* reflection = message->GetReflection();
  reflection->SwapFields(message, taken, Sensitive(*message));
  // A field that this version does not know may be sensitive for the version that does.
  reflection->MutableUnknownFields(taken)->MergeFrom(reflection->GetUnknownFields(*message));
  reflection->MutableUnknownFields(message)->Clear();
  for (const auto* field : Messages(*message)) {
    if (!HasSensitive(field->message_type()) && !AnyInnerMessage(*message, field, HasUnknown)) continue;
    if (!field->is_repeated()) {
      TakeFields(reflection->MutableMessage(message, field), reflection->MutableMessage(taken, field));
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(*message, field); ++i) {
      TakeFields(reflection->MutableRepeatedMessage(message, field, i), reflection->AddMessage(taken, field));
    }
  }
}

void Mask(Message* message, const std::set<SensitiveClass>& classes, const std::string& prefix,
          std::set<std::string>* masked) {
  const auto* reflection = message->GetReflection();
  for (const auto* field : Sensitive(*message)) {
    if (classes.contains(SensitiveClassOf(field))) continue;
    reflection->ClearField(message, field);
    masked->insert(prefix + field->name());
  }
  for (const auto* field : PresentMessages(*message)) {
    const std::string inside = prefix + field->name() + ".";
    if (!field->is_repeated()) {
      Mask(reflection->MutableMessage(message, field), classes, inside, masked);
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(*message, field); ++i) {
      Mask(reflection->MutableRepeatedMessage(message, field, i), classes, inside, masked);
    }
  }
}

}  // namespace

SensitiveClass SensitiveClassOf(const FieldDescriptor* field) {
  return field->options().GetExtension(annotations::v1::rule).sensitive();
}

bool HasSensitive(const Descriptor* message) {
  static thread_local std::unordered_map<const Descriptor*, bool> known;
  const auto found = known.find(message);
  if (found != known.end()) return found->second;
  std::set<const Descriptor*> seen;
  return known[message] = HasSensitiveInside(message, &seen);
}

std::unique_ptr<Message> TakeSensitive(Message* message) {
  std::unique_ptr<Message> taken(message->New());
  TakeFields(message, taken.get());
  return taken;
}

bool HasUnknown(const Message& message) {
  if (!message.GetReflection()->GetUnknownFields(message).empty()) return true;
  const auto messages = Messages(message);
  return std::any_of(messages.begin(), messages.end(),
                     [&](const auto* field) { return AnyInnerMessage(message, field, HasUnknown); });
}

void RestoreSensitive(Message* message, Message* taken) {
  const auto* reflection = message->GetReflection();
  reflection->SwapFields(message, taken, TakenWhole(*taken));
  reflection->MutableUnknownFields(message)->MergeFrom(reflection->GetUnknownFields(*taken));
  for (const auto* field : Messages(*taken)) {
    if (!IsOpen(field)) continue;
    if (!field->is_repeated()) {
      RestoreSensitive(reflection->MutableMessage(message, field), reflection->MutableMessage(taken, field));
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(*taken, field); ++i) {
      Message* place = i < reflection->FieldSize(*message, field)
                           ? reflection->MutableRepeatedMessage(message, field, i)
                           : reflection->AddMessage(message, field);
      RestoreSensitive(place, reflection->MutableRepeatedMessage(taken, field, i));
    }
  }
}

std::set<std::string> MaskSensitive(Message* message, const std::set<SensitiveClass>& classes) {
  std::set<std::string> masked;
  if (HasSensitive(message->GetDescriptor())) Mask(message, classes, "", &masked);
  return masked;
}

}  // namespace accord
