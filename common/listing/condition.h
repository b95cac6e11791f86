// What a filter means for one kind of resource, with its fields and values known, and what `order_by` says.
#ifndef ACCORD_COMMON_LISTING_CONDITION_H_
#define ACCORD_COMMON_LISTING_CONDITION_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/listing/expression.h"
#include "common/listing/fields.h"

namespace accord::listing {

struct Condition {
  // kAll holds of everything, kUnset of a resource that has no value there. What is unset is neither less nor
  // greater than anything, and begins with nothing.
  enum Kind {
    kAll,
    kAnd,
    kOr,
    kNot,
    kUnset,
    kEqual,
    kLess,
    kLessOrEqual,
    kGreater,
    kGreaterOrEqual,
    kBegins
  };
  Kind kind = kAll;
  // There are two or more of kAnd and kOr, and one of kNot.
  std::vector<Condition> parts = {};
  // The field that is compared, for every kind but kAll, kAnd, kOr and kNot. It lives as long as the process.
  const Field* field = nullptr;
  // The value as the index stores it; for kBegins, the beginning of such a value.
  std::string value = {};
};

// INVALID_ARGUMENT with rule FIELD_INVALID of the field `filter`: a field that is not declared, by its name
// and with those that are; a comparison that its type does not have; or a value of another type.
absl::StatusOr<Condition> Check(const Expression& expression, const std::vector<Field>& fields);

struct Order {
  // If it is null, the order is by name.
  const Field* field = nullptr;
  bool descending = false;
};

// `create_time desc`: one declared field or `name`, and `asc` or `desc`. Empty is by name. Those that are
// equal follow by name, in the same direction. Anything else is refused, with rule FIELD_INVALID of the
// field `order_by`.
absl::StatusOr<Order> ParseOrder(std::string_view text, const std::vector<Field>& fields);
std::string Written(const Order& order);

// Gives an equality with a field that narrows which must hold if the condition is to; null if there is none.
const Condition* Narrowing(const Condition& condition);
// Gives every comparison with the field that must hold if the condition is to, and that nothing unset passes.
std::vector<const Condition*> BoundsOf(const Condition& condition, const Field& field);

}  // namespace accord::listing

#endif  // ACCORD_COMMON_LISTING_CONDITION_H_
