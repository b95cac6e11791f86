// These rows are what the index stores for the fields of a resource that its lists filter and order by.
//
// Every value is stored as text whose byte order is the order of the values, after a sign that unset values
// do not have. So one table of text serves fields of all types.
#ifndef ACCORD_COMMON_LISTING_INDEX_ROWS_H_
#define ACCORD_COMMON_LISTING_INDEX_ROWS_H_

#include <google/protobuf/message.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/listing/fields.h"

namespace accord::listing {

// A filter compares texts of at most this many bytes. Of a longer value the index keeps slightly more than
// this, so that it is never equal to a text in a filter.
inline constexpr std::size_t kMostText = 200;
// An unset field is ordered as if it had this value, which comes after all others.
inline constexpr char kUnset[] = "~";
// This separates the two values of a row that both narrows and orders. No stored value contains it.
inline constexpr char kBetween = '\x01';

// These give a value in the form that the index stores.
std::string IndexedNumber(int64_t number);
std::string IndexedText(std::string_view text);
// This gives the value of the field in this resource as the index stores it; it is nullopt if the field
// is unset.
std::optional<std::string> IndexedValue(const Field& field, const google::protobuf::Message& resource);

// This gives the name of the rows of a field, or of rows that are narrowed by one field and ordered by
// another. A service's own index fields must not have such names.
std::string RowsOf(const Field& field);
std::string RowsOf(const Field& narrows, const Field& orders);
bool IsRowOfLists(std::string_view row);

// These are the rows of a resource, as names and values.
using Rows = std::vector<std::pair<std::string, std::string>>;
struct ResourceRows {
  // Each of the resource's viewers has these rows: one for each ordering field, one for each narrowing field
  // that is set, and one for each pair of a narrowing field that is set and an ordering field.
  Rows of_viewers = {};
  // These rows exist once, however many viewers there are: one for each other field that is set.
  Rows own = {};
};
ResourceRows IndexRows(const google::protobuf::Message& resource);

}  // namespace accord::listing

#endif  // ACCORD_COMMON_LISTING_INDEX_ROWS_H_
