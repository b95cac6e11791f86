#include "common/testing/walk_request.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_split.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/access/record_names.h"

namespace accord::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string TextFor(const FieldDescriptor& field) {
  const auto& patterns = NamePatterns(field);
  if (!patterns.empty()) return NameLike(patterns[0], "cas-nowhere", "nothing");
  switch (field.options().GetExtension(annotations::v1::rule).form()) {
    case annotations::v1::STRING_FORM_DATE:
      return "2026-11-23";
    case annotations::v1::STRING_FORM_RESOURCE_NAME:
      return "agencies/cas-nowhere";
    case annotations::v1::STRING_FORM_REQUEST_ID:
      return "request-0";
    default:
      return "text";
  }
}

void FillRequired(Message* message) {
  const Descriptor* type = message->GetDescriptor();
  const auto* reflection = message->GetReflection();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    const auto& rule = field->options().GetExtension(annotations::v1::rule);
    if (!rule.required() || rule.output_only()) continue;
    const bool repeated = field->is_repeated();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING: {
        const std::string text = TextFor(*field);
        repeated ? reflection->AddString(message, field, text) : reflection->SetString(message, field, text);
        break;
      }
      case FieldDescriptor::CPPTYPE_ENUM: {
        const auto* value = field->enum_type()->value(1);
        repeated ? reflection->AddEnum(message, field, value) : reflection->SetEnum(message, field, value);
        break;
      }
      case FieldDescriptor::CPPTYPE_INT32:
        if (!repeated) reflection->SetInt32(message, field, 1);
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        if (!repeated) reflection->SetInt64(message, field, 1);
        break;
      case FieldDescriptor::CPPTYPE_MESSAGE:
        FillRequired(repeated ? reflection->AddMessage(message, field)
                              : reflection->MutableMessage(message, field));
        break;
      default:
        break;
    }
  }
}

}  // namespace

std::optional<Caller> Granted(const Method& method, const Tries& who) {
  for (const auto& grant : method.grants) {
    const auto& kinds = grant.kinds();
    if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), who.kind) == kinds.end()) continue;
    const auto& roles = grant.roles();
    const bool one = who.role != annotations::v1::ROLE_UNSPECIFIED;
    // A grant without roles admits every role.
    const bool named = std::find(roles.begin(), roles.end(), who.role) != roles.end();
    if (one && !named && !roles.empty()) continue;
    Caller caller;
    caller.agency = who.id;
    caller.kind = who.kind;
    caller.system = "sys";
    caller.actor = who.actor;
    if (one) caller.roles = {who.role};
    for (int role : roles) {
      if (!one) caller.roles.push_back(static_cast<Role>(role));
    }
    if (!grant.purposes().empty()) caller.purpose = static_cast<Purpose>(grant.purposes(0));
    return caller;
  }
  return std::nullopt;
}

std::unique_ptr<Message> RequiredOnly(const Method& method) {
  std::unique_ptr<Message> request(google::protobuf::MessageFactory::generated_factory()
                                       ->GetPrototype(method.descriptor->input_type())
                                       ->New());
  FillRequired(request.get());
  return request;
}

void SetText(Message* message, const std::string& path, const std::string& text) {
  const std::vector<std::string> segments = absl::StrSplit(path, '.');
  for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
    const auto* field = message->GetDescriptor()->FindFieldByName(segments[i]);
    message = message->GetReflection()->MutableMessage(message, field);
  }
  const auto* field = message->GetDescriptor()->FindFieldByName(segments.back());
  if (!field->is_repeated()) return message->GetReflection()->SetString(message, field, text);
  message->GetReflection()->ClearField(message, field);
  message->GetReflection()->AddString(message, field, text);
}

}  // namespace accord::testing
