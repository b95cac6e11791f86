#include "common/storage/records/narrowed_range.h"

#include <utility>

#include "common/listing/index_rows.h"
#include "common/listing/order.h"
#include "common/storage/records/page_sql.h"

namespace accord::storage {
namespace {

using listing::Condition;

Condition WithoutNarrowing(const Condition& where, const Condition* narrow) {
  if (&where == narrow) return Condition{};
  Condition left = where;
  if (where.kind != Condition::kAnd) return left;
  left.parts.clear();
  for (const Condition& part : where.parts) {
    Condition each = WithoutNarrowing(part, narrow);
    if (each.kind != Condition::kAll) left.parts.push_back(std::move(each));
  }
  if (left.parts.empty()) return Condition{};
  if (left.parts.size() == 1) return Condition(left.parts.front());
  return left;
}

void TightenEdge(std::optional<RangeEdge>* edge, RangeEdge with, bool lower) {
  const bool tighter = !*edge || (lower ? with.value > (*edge)->value : with.value < (*edge)->value) ||
                       (with.value == (*edge)->value && with.strict);
  if (tighter) *edge = std::move(with);
}

}  // namespace

NarrowedRange NarrowedRangeOf(const Narrowed& by) {
  const Condition* narrow = listing::NarrowingCondition(by.where);
  const listing::Field* order = by.order.field;
  if (order == nullptr) {
    if (narrow == nullptr) return {"", "", true};
    return {listing::RowsOf(*narrow->field), narrow->value, true};
  }
  if (narrow == nullptr) return {listing::RowsOf(*order), "", false};
  return {listing::RowsOf(*narrow->field, *order), narrow->value + listing::kBetween, false};
}

Condition LeftByRange(const Narrowed& by) {
  return WithoutNarrowing(by.where, listing::NarrowingCondition(by.where));
}

std::pair<std::optional<RangeEdge>, std::optional<RangeEdge>> EdgesOfRange(const Narrowed& by,
                                                                           const NarrowedRange& range) {
  std::optional<RangeEdge> lower, upper;
  if (range.whole) return {lower, upper};
  if (!range.value.empty()) {
    lower = RangeEdge{range.value, false};
    upper = RangeEdge{EndOfPrefix(range.value), true};
  }
  for (const Condition* bound : listing::BoundingConditions(by.where, *by.order.field)) {
    const std::string value = range.value + bound->value;
    const bool strict = bound->kind == Condition::kLess || bound->kind == Condition::kGreater;
    const bool below = bound->kind == Condition::kLess || bound->kind == Condition::kLessOrEqual;
    const bool above = bound->kind == Condition::kGreater || bound->kind == Condition::kGreaterOrEqual;
    if (!below) TightenEdge(&lower, {value, strict}, true);
    if (!above) TightenEdge(&upper, {value, strict}, false);
  }
  return {lower, upper};
}

}  // namespace accord::storage
