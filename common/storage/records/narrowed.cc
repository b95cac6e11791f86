#include "common/storage/records/narrowed.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/listing/expression.h"
#include "common/storage/records/narrowed_range.h"

namespace accord::storage {

RangePlace RangePlace::Of(const std::string& text) {
  // A name contains no line feed.
  const std::size_t end = text.rfind('\n');
  if (end == std::string::npos) return {"", text};
  return {text.substr(0, end), text.substr(end + 1)};
}

absl::StatusOr<Narrowed> NarrowedBy(const ListQuery& query, const google::protobuf::Descriptor& type) {
  const auto& fields = listing::FieldsOf(type);
  Narrowed by;
  ACCORD_ASSIGN_OR_RETURN(const listing::Expression expression, listing::ParseExpression(query.where));
  ACCORD_ASSIGN_OR_RETURN(by.where, listing::ConditionOf(expression, fields));
  ACCORD_ASSIGN_OR_RETURN(by.order, listing::ParseOrder(query.order_by, fields));
  by.written = absl::StrCat("order=", listing::Written(by.order), "|where=", listing::Written(expression));
  return by;
}

bool LeavesOut(const NarrowedPage& page) {
  const bool by_prefix = !page.query.prefix.empty() && !NarrowedRangeOf(page.by).whole;
  return LeftByRange(page.by).kind != listing::Condition::kAll || !page.query.filters.empty() || by_prefix;
}

int FirstLook(const NarrowedPage& page, int limit) {
  return LeavesOut(page) ? std::min(kLookedAt, kRowsForOne * limit) : limit;
}

}  // namespace accord::storage
