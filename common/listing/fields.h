// Which fields of a kind of resource its lists may compare and be ordered by, as the protos declare it
// (`listed` of accord/annotations/v1/fields.proto), and what the index keeps of a resource for that.
//
// Every value is stored as text whose order by its bytes is the order of the values, behind a sign that what
// is unset does not have. So one table of text serves fields of all types.
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
  // LIST_USE_NARROW and LIST_USE_ORDER.
  bool narrows, orders;

  const std::string& name() const { return descriptor->name(); }
  // Pages are read from ranges of its rows, which each viewer has. Any other field is only asked of what a
  // viewer sees.
  bool has_ranges() const { return narrows || orders; }
};

// The declared fields of a resource in the order of its proto. They live as long as the process.
const std::vector<Field>& FieldsOf(const google::protobuf::Descriptor& type);
// Gives null if no field is called so.
const Field* FindField(const std::vector<Field>& fields, std::string_view name);
// Why lists cannot use a field that is declared for them; empty for every field that they can.
std::string FaultOf(const google::protobuf::FieldDescriptor& field);

// The longest text that `filter` compares, in bytes. Of a longer one the index keeps a little more than that,
// so that it equals no text that is compared with it.
inline constexpr std::size_t kMostText = 200;
// An unset field is ordered as if it had this value, after everything that is set.
inline constexpr char kUnset[] = "~";
// Between the two values of a row that narrows and orders at once; no stored value contains it.
inline constexpr char kBetween = '\x01';

// Values as the index has them.
std::string IndexedNumber(int64_t number);
std::string IndexedText(std::string_view text);
// Gives the value of the field in this resource as the index has it; nullopt if the field is unset.
std::optional<std::string> IndexedValue(const Field& field, const google::protobuf::Message& resource);

// The name of the rows of a field, and of those that are narrowed by one field and ordered by another.
// Services give their own index fields no such names.
std::string RowsOf(const Field& field);
std::string RowsOf(const Field& narrows, const Field& orders);
bool IsRowOfLists(std::string_view row);

// Rows of a resource, as names and values.
using Rows = std::vector<std::pair<std::string, std::string>>;
struct ResourceRows {
  // For each of its viewers: one for each field that orders, or that narrows and is set, and one for each
  // pair of a set field that narrows and one that orders.
  Rows of_viewers = {};
  // However many viewers there are: one for each other field that is set.
  Rows own = {};
};
ResourceRows IndexRows(const google::protobuf::Message& resource);

}  // namespace accord::listing

#endif  // ACCORD_COMMON_LISTING_FIELDS_H_
