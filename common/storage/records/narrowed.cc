#include "common/storage/records/narrowed.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"
#include "common/listing/index_rows.h"
#include "common/listing/order.h"
#include "common/storage/records/page_sql.h"
#include "common/storage/records/visible_rows.h"

namespace accord::storage {
namespace {

using listing::Condition;

// This ends a look-up of one row. Without it PostgreSQL might use a join instead, and read all rows of
// the field.
constexpr char kEndOfLook[] = " limit 1 offset 0)";

// These are the rows of `visible` from which a page is read: those with one value, or with values that begin
// with it.
struct RowRange {
  std::string field, value;
  bool whole;
};

RowRange RangeOf(const Narrowed& by) {
  const Condition* narrow = listing::NarrowingCondition(by.where);
  const listing::Field* order = by.order.field;
  if (order == nullptr) {
    if (narrow == nullptr) return {"", "", true};
    return {listing::RowsOf(*narrow->field), narrow->value, true};
  }
  if (narrow == nullptr) return {listing::RowsOf(*order), "", false};
  return {listing::RowsOf(*narrow->field, *order), narrow->value + listing::kBetween, false};
}

// This gives the conditions that must still be checked for each row: the whole filter without the comparison
// that the range satisfies.
Condition LeftToAsk(const Condition& where, const Condition* narrow) {
  if (&where == narrow) return Condition{};
  Condition left = where;
  if (where.kind != Condition::kAnd) return left;
  left.parts.clear();
  for (const Condition& part : where.parts) {
    Condition each = LeftToAsk(part, narrow);
    if (each.kind != Condition::kAll) left.parts.push_back(std::move(each));
  }
  if (left.parts.empty()) return Condition{};
  if (left.parts.size() == 1) return Condition(left.parts.front());
  return left;
}

Condition LeftToAsk(const Narrowed& by) { return LeftToAsk(by.where, listing::NarrowingCondition(by.where)); }

// This is one end of a range of values.
struct Edge {
  std::string value;
  bool strict;
};

void Tighten(std::optional<Edge>* edge, Edge with, bool lower) {
  const bool tighter = !*edge || (lower ? with.value > (*edge)->value : with.value < (*edge)->value) ||
                       (with.value == (*edge)->value && with.strict);
  if (tighter) *edge = std::move(with);
}

// This gives both ends, as far as the range and the filter determine them.
std::pair<std::optional<Edge>, std::optional<Edge>> EdgesOf(const Narrowed& by, const RowRange& range) {
  std::optional<Edge> lower, upper;
  if (range.whole) return {lower, upper};
  if (!range.value.empty()) {
    lower = Edge{range.value, false};
    upper = Edge{EndOf(range.value), true};
  }
  for (const Condition* bound : listing::BoundingConditions(by.where, *by.order.field)) {
    const std::string value = range.value + bound->value;
    const bool strict = bound->kind == Condition::kLess || bound->kind == Condition::kGreater;
    const bool below = bound->kind == Condition::kLess || bound->kind == Condition::kLessOrEqual;
    const bool above = bound->kind == Condition::kGreater || bound->kind == Condition::kGreaterOrEqual;
    if (!below) Tighten(&lower, {value, strict}, true);
    if (!above) Tighten(&upper, {value, strict}, false);
  }
  return {lower, upper};
}

// This is an SQL statement that is built step by step, with placeholders for its values.
class Growing {
 public:
  Growing(std::string sql, const Bind& bind) : sql_(std::move(sql)), bind_(bind) {}
  void Add(const std::string& text) { sql_ += text; }
  void Add(const std::string& text, Value value) {
    sql_ += text;
    sql_ += bind_(std::move(value));
  }
  std::string Take() { return std::move(sql_); }

 private:
  std::string sql_;
  const Bind& bind_;
};

void AddPrefix(const std::string& column, const NarrowedPage& page, Growing* sql) {
  if (page.query.prefix.empty()) return;
  sql->Add(absl::StrCat(" and ", column, " >= "), page.query.prefix);
  sql->Add(absl::StrCat(" and ", column, " < "), EndOf(page.query.prefix));
}

// This gives the rows of the range that an agency sees, from where the page begins, at most `rows` of them.
// Resources are given such rows for the agencies that see them alone, and lose them with the row by which
// they are seen, so that no look at that row is needed.
std::string OneRange(const NarrowedPage& page, const RowRange& range, const std::string& agency, int rows,
                     const Bind& bind) {
  const bool down = page.by.order.descending;
  const std::string beyond = down ? " < " : " > ", direction = DirectionOf(page.by);
  Growing sql("select v.value as value, v.name as name from visible v where v.kind = ", bind);
  sql.Add("", page.kind);
  sql.Add(" and v.agency = ", agency);
  sql.Add(" and v.field = ", range.field);
  if (range.whole) {
    sql.Add(" and v.value = ", range.value);
    if (page.after) sql.Add(" and v.name" + beyond, page.after->name);
    AddPrefix("v.name", page, &sql);
  } else {
    const auto [lower, upper] = EdgesOf(page.by, range);
    // The place where a page continues lies within the range's lower edge. With both conditions,
    // SQLite might begin at the edge again.
    if (lower && (!page.after || down))
      sql.Add(lower->strict ? " and v.value > " : " and v.value >= ", lower->value);
    if (upper && (!page.after || !down))
      sql.Add(upper->strict ? " and v.value < " : " and v.value <= ", upper->value);
    if (page.after) {
      sql.Add(absl::StrCat(" and (v.value, v.name)", beyond, "("), page.after->value);
      sql.Add(", ", page.after->name);
      sql.Add(")");
    }
  }
  sql.Add(absl::StrCat(" order by v.value", direction, ", v.name", direction, " limit "),
          static_cast<long long>(rows));
  return sql.Take();
}

// This gives the viewers on whose behalf the caller sees resources.
std::vector<std::string> ViewersOf(const ListQuery& query) {
  std::vector<std::string> viewers = {query.viewer};
  viewers.insert(viewers.end(), query.also.begin(), query.also.end());
  viewers.emplace_back(kEverybody);
  return viewers;
}

// This gives the rows of the range that the caller sees. Several rows of one resource have the same value,
// because these values belong to the resource and not to a viewer.
std::string LookedAt(const NarrowedPage& page, int rows, const Bind& bind) {
  const RowRange range = RangeOf(page.by);
  std::vector<std::string> seen;
  for (const std::string& viewer : ViewersOf(page.query)) {
    seen.push_back(absl::StrCat("select value, name from (", OneRange(page, range, viewer, rows, bind),
                                ") seen", seen.size()));
  }
  const std::string direction = DirectionOf(page.by);
  return absl::StrCat("select value, name from (", absl::StrJoin(seen, " union "), ") seen order by value",
                      direction, ", name", direction);
}

// This begins the look-up of an index row that the resource `d` has for one of these agencies; the caller
// must close it.
Growing RowOf(const NarrowedPage& page, std::vector<std::string> agencies, const std::string& field,
              const Bind& bind) {
  Growing sql("exists (select 1 from visible f where f.kind = ", bind);
  sql.Add("", page.kind);
  sql.Add(" and f.name = d.name and f.agency in ");
  const char* before = "(";
  for (std::string& agency : agencies) {
    sql.Add(before, std::move(agency));
    before = ", ";
  }
  sql.Add(") and f.field = ", field);
  return sql;
}

// This counts the characters of a text, as both databases do.
std::size_t Characters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string HoldsSql(const NarrowedPage& page, const Condition& condition, const Bind& bind) {
  const auto unset = absl::StrCat("'", listing::kUnset, "'");
  if (condition.kind == Condition::kAll) return "1 = 1";
  if (condition.kind == Condition::kNot) {
    return absl::StrCat("not (", HoldsSql(page, condition.parts.front(), bind), ")");
  }
  if (condition.field == nullptr) {
    std::vector<std::string> parts;
    for (const Condition& part : condition.parts) parts.push_back(HoldsSql(page, part, bind));
    return absl::StrCat("(", absl::StrJoin(parts, condition.kind == Condition::kAnd ? " and " : " or "), ")");
  }
  const bool of_viewers = condition.field->has_ranges();
  Growing row = RowOf(page, of_viewers ? ViewersOf(page.query) : std::vector<std::string>{kOwnRows},
                      listing::RowsOf(*condition.field), bind);
  switch (condition.kind) {
    case Condition::kUnset:
      row.Add(absl::StrCat(" and f.value <> ", unset));
      row.Add(kEndOfLook);
      return "not " + row.Take();
    case Condition::kBegins:
      row.Add(absl::StrCat(" and substr(f.value, 1, ", Characters(condition.value), ") = "), condition.value);
      break;
    case Condition::kLess:
      row.Add(" and f.value < ", condition.value);
      break;
    case Condition::kLessOrEqual:
      row.Add(" and f.value <= ", condition.value);
      break;
    case Condition::kGreater:
    case Condition::kGreaterOrEqual:
      row.Add(absl::StrCat(" and f.value <> ", unset));
      row.Add(condition.kind == Condition::kGreater ? " and f.value > " : " and f.value >= ",
              condition.value);
      break;
    default:
      row.Add(" and f.value = ", condition.value);
      break;
  }
  row.Add(kEndOfLook);
  return row.Take();
}

}  // namespace

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

std::string DirectionOf(const Narrowed& by) { return by.order.descending ? " desc" : ""; }

bool LeavesOut(const NarrowedPage& page) {
  const bool by_prefix = !page.query.prefix.empty() && !RangeOf(page.by).whole;
  return LeftToAsk(page.by).kind != Condition::kAll || !page.query.filters.empty() || by_prefix;
}

int FirstLook(const NarrowedPage& page, int limit) {
  return LeavesOut(page) ? std::min(kLookedAt, kRowsForOne * limit) : limit;
}

std::string NarrowedSql(const NarrowedPage& page, int rows, int limit, const Bind& bind) {
  const std::string direction = DirectionOf(page.by);
  Growing sql("select d.value as value, d.name as name from (", bind);
  sql.Add(LookedAt(page, rows, bind));
  sql.Add(" limit ", static_cast<long long>(rows));
  sql.Add(") d where ");
  sql.Add(HoldsSql(page, LeftToAsk(page.by), bind));
  for (const auto& [field, value] : page.query.filters) {
    Growing row = RowOf(page, ViewersOf(page.query), field, bind);
    row.Add(" and f.value = ", value);
    row.Add(kEndOfLook);
    sql.Add(" and " + row.Take());
  }
  if (!RangeOf(page.by).whole) AddPrefix("d.name", page, &sql);
  sql.Add(absl::StrCat(" order by d.value", direction, ", d.name", direction, " limit "),
          static_cast<long long>(limit));
  return sql.Take();
}

std::string LastLookedAtSql(const NarrowedPage& page, const Bind& bind) {
  return absl::StrCat(LookedAt(page, kLookedAt, bind), " limit 1 offset ", kLookedAt - 1);
}

}  // namespace accord::storage
