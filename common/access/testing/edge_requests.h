// This makes random requests for every method that its field rules accept. Most have values near the limits
// of those rules.
#ifndef ACCORD_COMMON_ACCESS_TESTING_EDGE_REQUESTS_H_
#define ACCORD_COMMON_ACCESS_TESTING_EDGE_REQUESTS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>

#include "accord/annotations/v1/fields.pb.h"
#include "common/access/method.h"
#include "common/access/record_names.h"
#include "common/access/request_check.h"

namespace accord::testing {

// An EdgeRequest fills in a random request that is valid by the field rules, and mostly near their limits.
class EdgeRequest {
 public:
  explicit EdgeRequest(std::mt19937* random) : random_(*random) {}

  void Fill(google::protobuf::Message* message, int depth) {
    const auto* type = message->GetDescriptor();
    const auto* reflection = message->GetReflection();
    for (int i = 0; i < type->field_count(); ++i) {
      const auto* field = type->field(i);
      const annotations::v1::FieldRule& rule = field->options().GetExtension(annotations::v1::rule);
      if (!rule.required() && (depth > 4 || Up(2) == 0)) continue;
      if (!field->is_repeated()) {
        Set(message, field, rule, depth);
        continue;
      }
      const int max = static_cast<int>(rule.max() != 0 ? rule.max() : kMaxElements);
      const int count = field->message_type() != nullptr ? 1 + Up(3) : Up(4) == 0 ? max : 1 + Up(max - 1);
      for (int k = 0; k < count && Budget(); ++k) Add(message, reflection, field, rule, depth);
    }
  }

 private:
  int Up(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }
  bool Budget() { return ++elements_ < 20'000; }

  std::string Text(const google::protobuf::FieldDescriptor& field, const annotations::v1::FieldRule& rule,
                   bool repeated) {
    const auto& patterns = NamePatterns(field);
    if (!patterns.empty()) {
      const auto& pattern = patterns[static_cast<std::size_t>(Up(static_cast<int>(patterns.size()) - 1))];
      return NameLike(pattern, std::string(1 + Up(30), 'a'), std::string(1 + Up(30), 'a'));
    }
    switch (rule.form()) {
      case annotations::v1::STRING_FORM_DATE:
        return "2026-11-25";
      case annotations::v1::STRING_FORM_RESOURCE_NAME:
        return "agencies/" + std::string(1 + Up(240), 'a');
      case annotations::v1::STRING_FORM_ID:
        return std::string(1 + Up(62), 'a');
      case annotations::v1::STRING_FORM_REQUEST_ID:
        return std::string(8 + Up(56), 'a');
      default:
        break;
    }
    if (repeated) return std::string(1 + Up(30), 'x');
    const int max = static_cast<int>(rule.max() != 0 ? rule.max() : kMaxStringBytes);
    return std::string(Up(3) == 0 ? max : 1 + Up(std::min(max, 60) - 1), 'x');
  }

  int Number(const google::protobuf::FieldDescriptor* field) {
    const auto* type = field->enum_type();
    return type->value(type->value_count() > 1 ? 1 + Up(type->value_count() - 2) : 0)->number();
  }

  void Set(google::protobuf::Message* message, const google::protobuf::FieldDescriptor* field,
           const annotations::v1::FieldRule& rule, int depth) {
    const auto* reflection = message->GetReflection();
    switch (field->cpp_type()) {
      case google::protobuf::FieldDescriptor::CPPTYPE_STRING:
        return reflection->SetString(message, field, Text(*field, rule, false));
      case google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE:
        return Fill(reflection->MutableMessage(message, field), depth + 1);
      case google::protobuf::FieldDescriptor::CPPTYPE_ENUM:
        return reflection->SetEnumValue(message, field, Number(field));
      case google::protobuf::FieldDescriptor::CPPTYPE_INT32:
        return reflection->SetInt32(message, field, Up(2) - 1);
      case google::protobuf::FieldDescriptor::CPPTYPE_INT64:
        return reflection->SetInt64(message, field, Up(1 << 30));
      case google::protobuf::FieldDescriptor::CPPTYPE_BOOL:
        return reflection->SetBool(message, field, true);
      case google::protobuf::FieldDescriptor::CPPTYPE_DOUBLE:
        return reflection->SetDouble(message, field, 0.5);
      default:
        return;
    }
  }

  void Add(google::protobuf::Message* message, const google::protobuf::Reflection* reflection,
           const google::protobuf::FieldDescriptor* field, const annotations::v1::FieldRule& rule,
           int depth) {
    switch (field->cpp_type()) {
      case google::protobuf::FieldDescriptor::CPPTYPE_STRING:
        return reflection->AddString(message, field, Text(*field, rule, true));
      case google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE:
        return Fill(reflection->AddMessage(message, field), depth + 1);
      case google::protobuf::FieldDescriptor::CPPTYPE_ENUM:
        return reflection->AddEnumValue(message, field, Number(field));
      default:
        return;
    }
  }

  std::mt19937& random_;
  int elements_ = 0;
};

template <class Fn>
void ForEdgeRequests(std::mt19937* random, int each, Fn fn) {
  for (const auto& service : AllServices(true)) {
    const auto methods = *MethodsOf(service);
    for (const Method& method : methods) {
      const auto* prototype = google::protobuf::MessageFactory::generated_factory()->GetPrototype(
          method.descriptor->input_type());
      for (int i = 0; i < each; ++i) {
        std::unique_ptr<google::protobuf::Message> request(prototype->New());
        EdgeRequest(random).Fill(request.get(), 0);
        fn(method, request.get());
      }
    }
  }
}

}  // namespace accord::testing

#endif  // ACCORD_COMMON_ACCESS_TESTING_EDGE_REQUESTS_H_
