// This decides from the values alone whether a resource matches a condition, as the database must.
#ifndef ACCORD_COMMON_LISTING_TESTING_ORACLE_H_
#define ACCORD_COMMON_LISTING_TESTING_ORACLE_H_

#include <google/protobuf/message.h>

#include <algorithm>
#include <optional>
#include <string>

#include "common/listing/condition.h"
#include "common/listing/index_rows.h"

namespace accord::listing {

inline bool Holds(const Condition& condition, const google::protobuf::Message& resource) {
  const auto holds = [&](const Condition& part) { return Holds(part, resource); };
  const auto value = condition.field == nullptr ? std::nullopt : IndexedValue(*condition.field, resource);
  switch (condition.kind) {
    case Condition::kAll:
      return true;
    case Condition::kAnd:
      return std::all_of(condition.parts.begin(), condition.parts.end(), holds);
    case Condition::kOr:
      return std::any_of(condition.parts.begin(), condition.parts.end(), holds);
    case Condition::kNot:
      return !holds(condition.parts.front());
    case Condition::kUnset:
      return !value;
    case Condition::kEqual:
      return value && *value == condition.value;
    case Condition::kLess:
      return value && *value < condition.value;
    case Condition::kLessOrEqual:
      return value && *value <= condition.value;
    case Condition::kGreater:
      return value && *value > condition.value;
    case Condition::kGreaterOrEqual:
      return value && *value >= condition.value;
    case Condition::kBegins:
      return value && value->rfind(condition.value, 0) == 0;
  }
  return false;
}

}  // namespace accord::listing

#endif  // ACCORD_COMMON_LISTING_TESTING_ORACLE_H_
