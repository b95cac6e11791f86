// This is a filter after its fields and values were checked against one kind of resource.
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
  // kAll matches everything, and kUnset matches a resource whose field has no value. An unset field is
  // neither less nor greater than any value, and begins with no text.
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
  // kAnd and kOr have two or more parts, and kNot has one.
  std::vector<Condition> parts = {};
  // This is the field that is compared, for every kind but kAll, kAnd, kOr and kNot. It lives as long as
  // the process.
  const Field* field = nullptr;
  // This is the value as the index stores it. For kBegins, it is the beginning of such a value.
  std::string value = {};
};

// This checks an expression. It returns INVALID_ARGUMENT with rule FIELD_INVALID of the field `filter` if it
// names a field that is not declared (the message lists those that are), compares in a way that the field's
// type does not have, or has a value of another type.
absl::StatusOr<Condition> ConditionOf(const Expression& expression, const std::vector<Field>& fields);

// This gives an equality with a narrowing field that must hold wherever the condition holds; it is null if
// there is none.
const Condition* NarrowingCondition(const Condition& condition);
// This gives every comparison with the field that must hold wherever the condition holds and that no unset
// field satisfies.
std::vector<const Condition*> BoundingConditions(const Condition& condition, const Field& field);

}  // namespace accord::listing

#endif  // ACCORD_COMMON_LISTING_CONDITION_H_
