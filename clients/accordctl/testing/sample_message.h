// This file is about messages with every field set, for tests that walk through all RPCs.
#ifndef ACCORD_CLIENTS_ACCORDCTL_TESTING_SAMPLE_MESSAGE_H_
#define ACCORD_CLIENTS_ACCORDCTL_TESTING_SAMPLE_MESSAGE_H_

#include <google/protobuf/message.h>

#include <algorithm>
#include <string>
#include <vector>

#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "common/access/names.h"
#include "common/access/record_names.h"
#include "common/access/vocabulary.h"

namespace accord::ctl {

// This gives the JSON of one value that fits the field's rule; `text` where any text does. Nested fields come
// from Sample.
inline Json SampleValue(const FieldDescriptor* field, const std::string& text) {
  const std::string type = field->message_type() == nullptr ? "" : field->message_type()->full_name();
  if (type == "google.protobuf.Timestamp") return "2026-11-26T15:04:05Z";
  if (type == "google.protobuf.Duration") return "60s";
  if (field->enum_type() != nullptr) {
    return field->enum_type()->value(std::min(1, field->enum_type()->value_count() - 1))->name();
  }
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL) return true;
  if (field->type() == FieldDescriptor::TYPE_BYTES) return "dGV4dA==";
  if (field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) return "1";
  if (const auto* words = EnumWordsOf(*field)) return ShortName(words, words->value(1)->number());
  if (const auto& patterns = NamePatterns(*field); !patterns.empty())
    return NameLike(patterns[0], "cas-york", "t1");
  switch (FieldRuleOf(field).form()) {
    case annotations::v1::STRING_FORM_DATE:
      return "2026-11-26";
    case annotations::v1::STRING_FORM_RESOURCE_NAME:
      return "agencies/cas-york/things/t1";
    case annotations::v1::STRING_FORM_ID:
      return "cas-york";
    case annotations::v1::STRING_FORM_REQUEST_ID:
      return "0123456789abcdef";
    default:
      return FieldRuleOf(field).max() > 0 && FieldRuleOf(field).max() < text.size() ? "t" : text;
  }
}

// This gives the JSON of a message with every field that a person may give and two elements in each list; the
// top-level fields of `skip` are left out, and so is a message nested in itself.
inline Json Sample(const Descriptor* type, const std::string& text, const std::vector<std::string>& skip = {},
                   std::vector<const Descriptor*> above = {}) {
  above.push_back(type);
  Json json = Json::object();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    const bool skipped = std::find(skip.begin(), skip.end(), field->name()) != skip.end();
    const bool within = std::find(above.begin(), above.end(), field->message_type()) != above.end();
    if (FieldRuleOf(field).output_only() || skipped || within || field->is_map()) continue;
    // Only the first field of a oneof is set; another one would replace it.
    const auto* choice = field->real_containing_oneof();
    if (choice != nullptr && choice->field(0) != field) continue;
    const bool nested =
        field->message_type() != nullptr && field->message_type()->file()->package() != "google.protobuf";
    if (field->message_type() != nullptr && field->message_type()->full_name() == "google.protobuf.FieldMask")
      continue;
    const Json value = nested ? Sample(field->message_type(), text, {}, above) : SampleValue(field, text);
    json[field->name()] = field->is_repeated() ? Json::array({value, value}) : value;
  }
  return json;
}

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_TESTING_SAMPLE_MESSAGE_H_
