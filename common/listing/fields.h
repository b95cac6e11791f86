// The fields of a kind of resource that its lists may filter and order by, as the protos declare
// them (`listed` of accord/annotations/v1/fields.proto), and what the index stores for them.
//
// Every value is stored as text whose byte order is the order of the values, after a sign that
// unset values do not have. So one table of text serves fields of all types.
#ifndef ACCORD_COMMON_LISTING_FIELDS_H_
#define ACCORD_COMMON_LISTING_FIELDS_H_

#include <google/protobuf/message.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace accord::listing {

struct Field {
  enum Type { kText, kDay, kNumber, kBool, kEnum, kTime };
  const google::protobuf::FieldDescriptor* descriptor;
  Type type;
  // The field has LIST_USE_NARROW, or LIST_USE_ORDER.
  bool narrows, orders;

  const std::string& name() const { return descriptor->name(); }
  // Whether pages are read from ranges of the field's rows, which every viewer has. Any other field
  // is only compared in rows that the viewer sees.
  bool has_ranges() const { return narrows || orders; }
};

// The declared fields of a resource in the order of its proto. They live as long as the process.
const std::vector<Field>& FieldsOf(const google::protobuf::Descriptor& type);
// Gives the field of this name; null if there is none.
const Field* FindField(const std::vector<Field>& fields, std::string_view name);
// Gives the reason why lists cannot use a field that is declared for them; empty if they can.
std::string FaultOf(const google::protobuf::FieldDescriptor& field);

// The longest text that `filter` compares, in bytes. Of a longer value the index keeps slightly
// more than this, so that it is never equal to a text in a filter.
inline constexpr std::size_t kMostText = 200;
// An unset field is ordered as if it had this value, which comes after all others.
inline constexpr char kUnset[] = "~";
// Separates the two values of a row that both narrows and orders. No stored value contains it.
inline constexpr char kBetween = '\x01';

// Give a value in the form that the index stores.
std::string IndexedNumber(int64_t number);
std::string IndexedText(std::string_view text);
// Gives the value of the field in this resource as the index stores it; nullopt if the field
// is unset.
std::optional<std::string> IndexedValue(const Field& field, const google::protobuf::Message& resource);

// The name of the rows of a field, or of rows that are narrowed by one field and ordered by
// another. A service's own index fields must not have such names.
std::string RowsOf(const Field& field);
std::string RowsOf(const Field& narrows, const Field& orders);
bool IsRowOfLists(std::string_view row);

// Rows of a resource, as names and values.
using Rows = std::vector<std::pair<std::string, std::string>>;
struct ResourceRows {
  // Rows that each of the resource's viewers has: one for each ordering field, one for each
  // narrowing field that is set, and one for each pair of a narrowing field that is set and an
  // ordering field.
  Rows of_viewers = {};
  // Rows that exist once, however many viewers there are: one for each other field that is set.
  Rows own = {};
};
ResourceRows IndexRows(const google::protobuf::Message& resource);

}  // namespace accord::listing

#endif  // ACCORD_COMMON_LISTING_FIELDS_H_
