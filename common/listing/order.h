// This is the meaning of a list request's `order_by`.
#ifndef ACCORD_COMMON_LISTING_ORDER_H_
#define ACCORD_COMMON_LISTING_ORDER_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/listing/fields.h"

namespace accord::listing {

struct Order {
  // If it is null, the order is by name.
  const Field* field = nullptr;
  bool descending = false;
};

// This parses `create_time desc`: one declared field or `name`, then `asc` or `desc`. An empty text orders by
// name. Equal values are ordered by name in the same direction. Anything else is refused with rule
// FIELD_INVALID of the field `order_by`.
absl::StatusOr<Order> ParseOrder(std::string_view text, const std::vector<Field>& fields);
std::string Written(const Order& order);

}  // namespace accord::listing

#endif  // ACCORD_COMMON_LISTING_ORDER_H_
