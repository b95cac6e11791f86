#include "common/access/sensitive.h"

#include <map>
#include <mutex>
#include <vector>

namespace accord {
namespace {

using annotations::v1::SensitiveClass;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

SensitiveClass ClassOf(const FieldDescriptor* field) {
  return field->options().GetExtension(annotations::v1::rule).sensitive();
}

bool Search(const Descriptor* message, std::set<const Descriptor*>* seen) {
  if (!seen->insert(message).second) return false;
  for (int i = 0; i < message->field_count(); ++i) {
    const FieldDescriptor* field = message->field(i);
    if (ClassOf(field) != annotations::v1::SENSITIVE_CLASS_UNSPECIFIED) return true;
    if (field->message_type() != nullptr && Search(field->message_type(), seen)) return true;
  }
  return false;
}

// Messages inside that have a sensitive field themselves.
std::vector<const FieldDescriptor*> Inner(const Message& message) {
  std::vector<const FieldDescriptor*> set, inner;
  message.GetReflection()->ListFields(message, &set);
  for (const auto* field : set) {
    if (ClassOf(field) == annotations::v1::SENSITIVE_CLASS_UNSPECIFIED && field->message_type() != nullptr &&
        HasSensitive(field->message_type())) {
      inner.push_back(field);
    }
  }
  return inner;
}

std::vector<const FieldDescriptor*> Sensitive(const Message& message) {
  std::vector<const FieldDescriptor*> set, sensitive;
  message.GetReflection()->ListFields(message, &set);
  for (const auto* field : set) {
    if (ClassOf(field) != annotations::v1::SENSITIVE_CLASS_UNSPECIFIED) sensitive.push_back(field);
  }
  return sensitive;
}

void Take(Message* message, Message* taken) {
  const auto* reflection = message->GetReflection();
  reflection->SwapFields(message, taken, Sensitive(*message));
  for (const auto* field : Inner(*message)) {
    if (!field->is_repeated()) {
      Take(reflection->MutableMessage(message, field), reflection->MutableMessage(taken, field));
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(*message, field); ++i) {
      Take(reflection->MutableRepeatedMessage(message, field, i), reflection->AddMessage(taken, field));
    }
  }
}

void Mask(Message* message, const std::set<SensitiveClass>& classes, const std::string& prefix,
          std::set<std::string>* masked) {
  const auto* reflection = message->GetReflection();
  for (const auto* field : Sensitive(*message)) {
    if (classes.contains(ClassOf(field))) continue;
    reflection->ClearField(message, field);
    masked->insert(prefix + field->name());
  }
  for (const auto* field : Inner(*message)) {
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

bool HasSensitive(const Descriptor* message) {
  static std::mutex mutex;
  static std::map<const Descriptor*, bool> known;
  std::lock_guard lock(mutex);
  const auto found = known.find(message);
  if (found != known.end()) return found->second;
  std::set<const Descriptor*> seen;
  return known[message] = Search(message, &seen);
}

std::unique_ptr<Message> TakeSensitive(Message* message) {
  std::unique_ptr<Message> taken(message->New());
  Take(message, taken.get());
  return taken;
}

void RestoreSensitive(Message* message, Message* taken) {
  const auto* reflection = message->GetReflection();
  reflection->SwapFields(message, taken, Sensitive(*taken));
  for (const auto* field : Inner(*taken)) {
    if (!field->is_repeated()) {
      RestoreSensitive(reflection->MutableMessage(message, field), reflection->MutableMessage(taken, field));
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(*taken, field) && i < reflection->FieldSize(*message, field);
         ++i) {
      RestoreSensitive(reflection->MutableRepeatedMessage(message, field, i),
                       reflection->MutableRepeatedMessage(taken, field, i));
    }
  }
}

std::set<std::string> MaskSensitive(Message* message, const std::set<SensitiveClass>& classes) {
  std::set<std::string> masked;
  if (HasSensitive(message->GetDescriptor())) Mask(message, classes, "", &masked);
  return masked;
}

}  // namespace accord
