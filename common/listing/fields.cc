#include "common/listing/fields.h"

#include <google/protobuf/timestamp.pb.h>

#include <map>
#include <mutex>

#include "absl/strings/str_join.h"
#include "accord/annotations/v1/fields.pb.h"

namespace accord::listing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

annotations::v1::ListUse ListUseOfField(const FieldDescriptor& field) {
  return field.options().GetExtension(annotations::v1::listed);
}

bool IsTimeField(const FieldDescriptor& field) {
  return field.message_type() == google::protobuf::Timestamp::descriptor();
}

std::optional<Field::Type> FieldTypeOf(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      if (field.type() == FieldDescriptor::TYPE_BYTES) return std::nullopt;
      return field.options().GetExtension(annotations::v1::rule).form() == annotations::v1::STRING_FORM_DATE
                 ? Field::kDay
                 : Field::kText;
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT32:
      return Field::kNumber;
    case FieldDescriptor::CPPTYPE_BOOL:
      return Field::kBool;
    case FieldDescriptor::CPPTYPE_ENUM:
      return Field::kEnum;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return IsTimeField(field) ? std::optional(Field::kTime) : std::nullopt;
    default:
      return std::nullopt;
  }
}

std::vector<Field> DeclaredFields(const Descriptor& type) {
  std::vector<Field> fields;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    const auto use = ListUseOfField(*field);
    if (use == annotations::v1::LIST_USE_UNSPECIFIED || !FaultOfField(*field).empty()) continue;
    fields.push_back({field, *FieldTypeOf(*field), use == annotations::v1::LIST_USE_NARROW,
                      use == annotations::v1::LIST_USE_ORDER});
  }
  return fields;
}

}  // namespace

std::string FaultOfField(const FieldDescriptor& field) {
  if (field.is_repeated()) return "it is repeated";
  if (!FieldTypeOf(field)) return "lists cannot compare its type";
  if (field.options().GetExtension(annotations::v1::rule).sensitive() !=
      annotations::v1::SENSITIVE_CLASS_UNSPECIFIED) {
    return "it is sensitive";
  }
  return "";
}

const std::vector<Field>& FieldsOf(const Descriptor& type) {
  static std::mutex mutex;
  static auto* const known = new std::map<const Descriptor*, std::vector<Field>>();
  const std::lock_guard<std::mutex> lock(mutex);
  const auto found = known->find(&type);
  if (found != known->end()) return found->second;
  return known->emplace(&type, DeclaredFields(type)).first->second;
}

const Field* FindField(const std::vector<Field>& fields, std::string_view name) {
  for (const Field& field : fields) {
    if (field.name() == name) return &field;
  }
  return nullptr;
}

std::string FieldNames(const std::vector<Field>& fields, bool that_order) {
  std::vector<std::string> names;
  for (const Field& field : fields) {
    if (!that_order || field.orders) names.push_back(field.name());
  }
  return absl::StrJoin(names, ", ");
}

}  // namespace accord::listing
