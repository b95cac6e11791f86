#include "common/testing/random_request.h"

#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <type_traits>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/access/record_names.h"
#include "common/base/clock.h"

namespace accord::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const annotations::v1::FieldRule& RuleOn(const FieldDescriptor* field) {
  return field->options().GetExtension(annotations::v1::rule);
}

bool IsResource(const Descriptor* type) { return type->options().HasExtension(annotations::v1::resource); }

// This gives the collection in the names of a type of resource, for example `/referrals/`.
std::string CollectionOf(const Descriptor* type) {
  const std::string& pattern = type->options().GetExtension(annotations::v1::resource).pattern();
  const auto last = pattern.rfind('/');
  const auto before = pattern.rfind('/', last - 1);
  return pattern.substr(before, last - before + 1);
}

void SetString(Message* message, const char* name, const std::string& text) {
  const FieldDescriptor* field = message->GetDescriptor()->FindFieldByName(name);
  if (field != nullptr && field->cpp_type() == FieldDescriptor::CPPTYPE_STRING && !field->is_repeated()) {
    message->GetReflection()->SetString(message, field, text);
  }
}

// Calls `visit(message, field, index)` for every text; the index is -1 if the field is
// not repeated.
template <class M, class Visit>
void EachText(M* message, Visit visit) {
  const auto* reflection = message->GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(*message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? reflection->FieldSize(*message, field) : 1;
    for (int i = 0; i < count; ++i) {
      const int index = field->is_repeated() ? i : -1;
      if (field->type() == FieldDescriptor::TYPE_STRING) visit(message, field, index);
      if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
      if constexpr (std::is_const_v<M>) {
        EachText(index < 0 ? &reflection->GetMessage(*message, field)
                           : &reflection->GetRepeatedMessage(*message, field, i),
                 visit);
      } else {
        EachText(index < 0 ? reflection->MutableMessage(message, field)
                           : reflection->MutableRepeatedMessage(message, field, i),
                 visit);
      }
    }
  }
}

}  // namespace

std::string TextOf(const Message& message, const std::string& name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  return field == nullptr || field->type() != FieldDescriptor::TYPE_STRING || field->is_repeated()
             ? ""
             : message.GetReflection()->GetString(message, field);
}

std::vector<std::string> TextsIn(const Message& message) {
  std::vector<std::string> texts;
  EachText(&message, [&](const Message* in, const FieldDescriptor* field, int index) {
    texts.push_back(index < 0 ? in->GetReflection()->GetString(*in, field)
                              : in->GetReflection()->GetRepeatedString(*in, field, index));
  });
  return texts;
}

void ReplaceText(Message* message, const std::string& from, const std::string& to) {
  EachText(message, [&](Message* in, const FieldDescriptor* field, int index) {
    const auto* reflection = in->GetReflection();
    if (index < 0 && reflection->GetString(*in, field) == from) reflection->SetString(in, field, to);
    if (index >= 0 && reflection->GetRepeatedString(*in, field, index) == from) {
      reflection->SetRepeatedString(in, field, index, to);
    }
  });
}

std::unique_ptr<Message> RandomRequest::Make(const Descriptor* type, const Caller& caller,
                                             const std::string& record, const World& world,
                                             const std::vector<std::string>& order, absl::Time now) {
  std::unique_ptr<Message> request(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
  Aim aim{&caller, record, &world, &order, now};
  Fill(request.get(), &aim);
  Refer(request.get(), record, aim);
  return request;
}

void RandomRequest::Fill(Message* message, Aim* aim) {
  const Descriptor* type = message->GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    const auto& rule = RuleOn(field);
    const int percent = rule.output_only() ? 5 : rule.required() ? 99 : 40;
    if (!dice_->Percent(percent)) continue;
    const int times = field->is_repeated() ? 1 + dice_->Below(2) : 1;
    for (int n = 0; n < times; ++n) FillField(message, field, aim);
  }
}

void RandomRequest::FillField(Message* message, const FieldDescriptor* field, Aim* aim) {
  const auto* reflection = message->GetReflection();
  const bool repeated = field->is_repeated();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      if (field->type() != FieldDescriptor::TYPE_STRING) return;
      const std::string text = TextFor(field, aim);
      repeated ? reflection->AddString(message, field, text) : reflection->SetString(message, field, text);
      return;
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int most = field->enum_type()->value_count();
      const auto* value = field->enum_type()->value(most > 1 ? 1 + dice_->Below(most - 1) : 0);
      repeated ? reflection->AddEnum(message, field, value) : reflection->SetEnum(message, field, value);
      return;
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      if (!repeated) reflection->SetBool(message, field, dice_->Percent(50));
      return;
    case FieldDescriptor::CPPTYPE_INT32:
      // Page sizes are among these fields.
      if (!repeated) reflection->SetInt32(message, field, dice_->Below(100));
      return;
    case FieldDescriptor::CPPTYPE_INT64:
      if (!repeated) reflection->SetInt64(message, field, dice_->Below(100));
      return;
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      if (field->is_map()) return;
      Message* inner =
          repeated ? reflection->AddMessage(message, field) : reflection->MutableMessage(message, field);
      if (auto* time = dynamic_cast<google::protobuf::Timestamp*>(inner)) {
        *time = ToProto(aim->now - absl::Minutes(dice_->Below(1200) - (dice_->Percent(10) ? 1200 : 0)));
      } else if (dynamic_cast<google::protobuf::FieldMask*>(inner) == nullptr) {
        Fill(inner, aim);
      }
      return;
    }
    default:
      return;
  }
}

std::string RandomRequest::TextFor(const FieldDescriptor* field, Aim* aim) {
  const auto& rule = RuleOn(field);
  const std::string& name = field->name();
  if (name == "recipients" || name == "to" || name == "on_behalf_of" || absl::EndsWith(name, "agency")) {
    return dice_->Any(agencies_);
  }
  switch (rule.form()) {
    case annotations::v1::STRING_FORM_DATE:
      return dice_->Any(days_);
    case annotations::v1::STRING_FORM_RESOURCE_NAME:
      return NameFor(field, aim);
    case annotations::v1::STRING_FORM_ID:
      return dice_->Any(actors_);
    default:
      break;
  }
  // A request that makes a record leaves these empty; the record that a request changes is
  // named later.
  if (name == "name" || name == "etag" || name == "page_token" || name == "watch_token") return "";
  // Lists are requested without a filter and in their default order.
  if (name == "filter" || name == "order_by") return "";
  return Mark();
}

std::string RandomRequest::NameFor(const FieldDescriptor* field, Aim* aim) {
  if (field->name() == "parent") {
    return absl::StrCat("agencies/", dice_->Percent(93) ? aim->caller->agency : dice_->Any(agencies_));
  }
  if (!aim->record.empty()) return std::exchange(aim->record, "");
  // These are the names that fit the kind of the field, and all names.
  std::vector<std::string> fitting, all;
  for (const std::string& name : *aim->order) {
    const auto record = aim->world->find(name);
    if (record == aim->world->end()) continue;
    all.push_back(name);
    const auto& patterns = NamePatterns(*field);
    const bool fits = std::any_of(patterns.begin(), patterns.end(),
                                  [&](const std::string& pattern) { return HasPattern(name, pattern); });
    if (fits) fitting.push_back(name);
  }
  if (!fitting.empty() && dice_->Percent(90)) return dice_->Any(fitting);
  return all.empty() ? absl::StrCat("agencies/", dice_->Any(agencies_), "/things/t") : dice_->Any(all);
}

void RandomRequest::Refer(Message* message, const std::string& record, const Aim& aim) {
  const Descriptor* type = message->GetDescriptor();
  const auto found = aim.world->find(record);
  const std::string etag =
      found == aim.world->end() || dice_->Percent(3) ? "another" : TextOf(*found->second, "etag");
  SetString(message, "etag", etag);
  const FieldDescriptor* mask = type->FindFieldByName("update_mask");
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field->is_repeated() ||
        !IsResource(field->message_type()) ||
        !absl::StrContains(record, CollectionOf(field->message_type()))) {
      continue;
    }
    // A record that is being made has no name yet.
    if (type->FindFieldByName("parent") != nullptr) continue;
    Message* inner = message->GetReflection()->MutableMessage(message, field);
    SetString(inner, "name", record);
    SetString(inner, "etag", etag);
    if (mask == nullptr) continue;
    google::protobuf::FieldMask paths;
    for (int n = 1 + dice_->Below(2); n > 0; --n) {
      const Descriptor* of = inner->GetDescriptor();
      const FieldDescriptor* path = of->field(dice_->Below(of->field_count()));
      if (!RuleOn(path).output_only() || dice_->Percent(10)) paths.add_paths(path->name());
    }
    message->GetReflection()->MutableMessage(message, mask)->CopyFrom(paths);
  }
}

}  // namespace accord::testing
