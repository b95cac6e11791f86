#include "common/listing/fields.h"

#include <google/protobuf/timestamp.pb.h>

#include <map>
#include <mutex>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/base/clock.h"

namespace accord::listing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kRow = ':', kSet = '=';

annotations::v1::ListUse UseOf(const FieldDescriptor& field) {
  return field.options().GetExtension(annotations::v1::listed);
}

bool IsTime(const FieldDescriptor& field) {
  return field.message_type() == google::protobuf::Timestamp::descriptor();
}

std::optional<Field::Type> TypeOf(const FieldDescriptor& field) {
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
      return IsTime(field) ? std::optional(Field::kTime) : std::nullopt;
    default:
      return std::nullopt;
  }
}

std::vector<Field> Declared(const Descriptor& type) {
  std::vector<Field> fields;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    const auto use = UseOf(*field);
    if (use == annotations::v1::LIST_USE_UNSPECIFIED || !FaultOf(*field).empty()) continue;
    fields.push_back({field, *TypeOf(*field), use == annotations::v1::LIST_USE_NARROW,
                      use == annotations::v1::LIST_USE_ORDER});
  }
  return fields;
}

int64_t NumberIn(const FieldDescriptor* field, const Message& resource) {
  const auto* reflection = resource.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection->GetInt32(resource, field);
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection->GetUInt32(resource, field);
    default:
      return reflection->GetInt64(resource, field);
  }
}

}  // namespace

std::string FaultOf(const FieldDescriptor& field) {
  if (field.is_repeated()) return "it is repeated";
  if (!TypeOf(field)) return "lists cannot compare its type";
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
  return known->emplace(&type, Declared(type)).first->second;
}

const Field* FindField(const std::vector<Field>& fields, std::string_view name) {
  for (const Field& field : fields) {
    if (field.name() == name) return &field;
  }
  return nullptr;
}

// The smallest number becomes all zeros.
std::string IndexedNumber(int64_t number) {
  const uint64_t from_zero = static_cast<uint64_t>(number) + (uint64_t{1} << 63);
  return absl::StrCat(std::string(1, kSet), absl::StrFormat("%020d", from_zero));
}

std::string IndexedText(std::string_view text) {
  std::string value(1, kSet);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins_character = (static_cast<unsigned char>(text[i]) & 0xc0) != 0x80;
    if (begins_character && i > kMostText) break;
    value.push_back(text[i] == kBetween || text[i] == '\0' ? ' ' : text[i]);
  }
  return value;
}

std::optional<std::string> IndexedValue(const Field& field, const Message& resource) {
  const auto* reflection = resource.GetReflection();
  if (field.descriptor->has_presence() && !reflection->HasField(resource, field.descriptor)) {
    return std::nullopt;
  }
  switch (field.type) {
    case Field::kText:
    case Field::kDay: {
      const std::string text = reflection->GetString(resource, field.descriptor);
      return text.empty() ? std::nullopt : std::optional(IndexedText(text));
    }
    case Field::kNumber:
      return IndexedNumber(NumberIn(field.descriptor, resource));
    case Field::kBool:
      return IndexedNumber(reflection->GetBool(resource, field.descriptor) ? 1 : 0);
    case Field::kEnum: {
      const int number = reflection->GetEnumValue(resource, field.descriptor);
      return number == 0 ? std::nullopt : std::optional(IndexedNumber(number));
    }
    case Field::kTime: {
      google::protobuf::Timestamp at;
      at.CopyFrom(reflection->GetMessage(resource, field.descriptor));
      return IndexedNumber(absl::ToUnixMicros(FromProto(at)));
    }
  }
  return std::nullopt;
}

std::string RowsOf(const Field& field) { return absl::StrCat(std::string(1, kRow), field.name()); }

std::string RowsOf(const Field& narrows, const Field& orders) {
  return absl::StrCat(RowsOf(narrows), "/", orders.name());
}

bool IsRowOfLists(std::string_view row) { return !row.empty() && row.front() == kRow; }

ResourceRows IndexRows(const Message& resource) {
  const std::vector<Field>& fields = FieldsOf(*resource.GetDescriptor());
  ResourceRows rows;
  std::vector<std::optional<std::string>> values;
  values.reserve(fields.size());
  for (const Field& field : fields) {
    values.push_back(IndexedValue(field, resource));
    if (!values.back() && !field.orders) continue;
    Rows& of = field.has_ranges() ? rows.of_viewers : rows.own;
    of.emplace_back(RowsOf(field), values.back().value_or(kUnset));
  }
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!fields[i].narrows || !values[i]) continue;
    for (std::size_t k = 0; k < fields.size(); ++k) {
      if (!fields[k].orders) continue;
      rows.of_viewers.emplace_back(
          RowsOf(fields[i], fields[k]),
          absl::StrCat(*values[i], std::string(1, kBetween), values[k].value_or(kUnset)));
    }
  }
  return rows;
}

}  // namespace accord::listing
