#include "common/access/sensitive.h"

#include <unordered_map>
#include <vector>

#include "common/access/inner_messages.h"
#include "common/access/unknown_fields.h"

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
struct SensitiveShape {
  std::vector<const FieldDescriptor*> sensitive;
  // These are the message fields whose messages have a sensitive field.
  std::vector<const FieldDescriptor*> inner;
};

const SensitiveShape& SensitiveShapeOf(const Descriptor* type) {
  static thread_local std::unordered_map<const Descriptor*, SensitiveShape> known;
  const auto [found, fresh] = known.try_emplace(type);
  SensitiveShape& shape = found->second;
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

std::vector<const FieldDescriptor*> PresentSensitive(const Message& message,
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

std::vector<const FieldDescriptor*> FieldsWithSensitiveInside(const Message& message) {
  return PresentSensitive(message, SensitiveShapeOf(message.GetDescriptor()).inner);
}

std::vector<const FieldDescriptor*> SensitiveFieldsIn(const Message& message) {
  return PresentSensitive(message, SensitiveShapeOf(message.GetDescriptor()).sensitive);
}

// This gives the fields that were taken whole, without messages of which only parts were taken. Another
// version may have sealed fields that this version treats as open; they are restored too.
std::vector<const FieldDescriptor*> SensitiveTakenWhole(const Message& taken) {
  std::vector<const FieldDescriptor*> set, whole;
  taken.GetReflection()->ListFields(taken, &set);
  for (const auto* field : set) {
    const bool apart = field->message_type() != nullptr && !field->is_map() &&
                       SensitiveClassOf(field) == annotations::v1::SENSITIVE_CLASS_UNSPECIFIED;
    if (!apart) whole.push_back(field);
  }
  return whole;
}

bool IsNotSensitive(const FieldDescriptor* field) {
  return SensitiveClassOf(field) == annotations::v1::SENSITIVE_CLASS_UNSPECIFIED;
}

void TakeSensitiveFields(Message* message, Message* taken) {
  const auto* reflection = message->GetReflection();
  reflection->SwapFields(message, taken, SensitiveFieldsIn(*message));
  // A field that this version does not know may be sensitive for the version that does.
  reflection->MutableUnknownFields(taken)->MergeFrom(reflection->GetUnknownFields(*message));
  reflection->MutableUnknownFields(message)->Clear();
  // Maps are never sensitive.
  for (const auto* field : InnerMessageFields(*message)) {
    if (!HasSensitive(field->message_type()) && !AnyInnerMessage(*message, field, HasUnknownFields)) continue;
    if (!field->is_repeated()) {
      TakeSensitiveFields(reflection->MutableMessage(message, field),
                          reflection->MutableMessage(taken, field));
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(*message, field); ++i) {
      TakeSensitiveFields(reflection->MutableRepeatedMessage(message, field, i),
                          reflection->AddMessage(taken, field));
    }
  }
}

void MaskSensitiveFields(Message* message, const std::set<SensitiveClass>& classes, const std::string& prefix,
                         std::set<std::string>* masked) {
  const auto* reflection = message->GetReflection();
  for (const auto* field : SensitiveFieldsIn(*message)) {
    if (classes.contains(SensitiveClassOf(field))) continue;
    reflection->ClearField(message, field);
    masked->insert(prefix + field->name());
  }
  for (const auto* field : FieldsWithSensitiveInside(*message)) {
    const std::string inside = prefix + field->name() + ".";
    if (!field->is_repeated()) {
      MaskSensitiveFields(reflection->MutableMessage(message, field), classes, inside, masked);
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(*message, field); ++i) {
      MaskSensitiveFields(reflection->MutableRepeatedMessage(message, field, i), classes, inside, masked);
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
  TakeSensitiveFields(message, taken.get());
  return taken;
}

void RestoreSensitive(Message* message, Message* taken) {
  const auto* reflection = message->GetReflection();
  reflection->SwapFields(message, taken, SensitiveTakenWhole(*taken));
  reflection->MutableUnknownFields(message)->MergeFrom(reflection->GetUnknownFields(*taken));
  for (const auto* field : InnerMessageFields(*taken)) {
    if (!IsNotSensitive(field)) continue;
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
  if (HasSensitive(message->GetDescriptor())) MaskSensitiveFields(message, classes, "", &masked);
  return masked;
}

}  // namespace accord
