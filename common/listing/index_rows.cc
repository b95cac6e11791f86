#include "common/listing/index_rows.h"

#include <google/protobuf/timestamp.pb.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "common/base/clock.h"

namespace accord::listing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kRow = ':', kSet = '=';

int64_t IndexedNumberIn(const FieldDescriptor* field, const Message& resource) {
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
      return IndexedNumber(IndexedNumberIn(field.descriptor, resource));
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
