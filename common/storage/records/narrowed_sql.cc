#include "common/storage/records/narrowed_sql.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/listing/condition.h"
#include "common/listing/index_rows.h"
#include "common/storage/records/narrowed_range.h"
#include "common/storage/records/page_sql.h"
#include "common/storage/records/visible_rows.h"

namespace accord::storage {
namespace {

using listing::Condition;
using listing::Field;

// This ends a look-up of one row. Without it PostgreSQL might use a join instead, and read all rows of
// the field.
constexpr char kEndOfRowSql[] = " limit 1 offset 0)";

// This is an SQL statement that is built step by step, with placeholders for its values.
class GrowingSql {
 public:
  GrowingSql(std::string sql, const Bind& bind) : sql_(std::move(sql)), bind_(bind) {}
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

void AddPrefixSql(const std::string& column, const NarrowedPage& page, GrowingSql* sql) {
  if (page.query.prefix.empty()) return;
  sql->Add(absl::StrCat(" and ", column, " >= "), page.query.prefix);
  sql->Add(absl::StrCat(" and ", column, " < "), EndOfPrefix(page.query.prefix));
}

// This gives the rows of the range that an agency sees, from where the page begins, at most `rows` of them.
// Resources are given such rows for the agencies that see them alone, and lose them with the row by which
// they are seen, so that no look at that row is needed.
std::string OneRangeSql(const NarrowedPage& page, const NarrowedRange& range, const std::string& agency,
                        int rows, const Bind& bind) {
  const bool down = page.by.order.descending;
  const std::string beyond = down ? " < " : " > ", direction = DirectionOf(page.by);
  GrowingSql sql("select v.value as value, v.name as name from visible v where v.kind = ", bind);
  sql.Add("", page.kind);
  sql.Add(" and v.agency = ", agency);
  sql.Add(" and v.field = ", range.field);
  if (range.whole) {
    sql.Add(" and v.value = ", range.value);
    if (page.after) sql.Add(" and v.name" + beyond, page.after->name);
    AddPrefixSql("v.name", page, &sql);
  } else {
    const auto [lower, upper] = EdgesOfRange(page.by, range);
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
std::vector<std::string> ViewersOfList(const ListQuery& query) {
  std::vector<std::string> viewers = {query.viewer};
  viewers.insert(viewers.end(), query.also.begin(), query.also.end());
  viewers.emplace_back(kEverybody);
  return viewers;
}

// This gives the rows of the range that the caller sees. Several rows of one resource have the same value,
// because these values belong to the resource and not to a viewer.
std::string LookedAtSql(const NarrowedPage& page, int rows, const Bind& bind) {
  const NarrowedRange range = NarrowedRangeOf(page.by);
  std::vector<std::string> seen;
  for (const std::string& viewer : ViewersOfList(page.query)) {
    seen.push_back(absl::StrCat("select value, name from (", OneRangeSql(page, range, viewer, rows, bind),
                                ") seen", seen.size()));
  }
  const std::string direction = DirectionOf(page.by);
  return absl::StrCat("select value, name from (", absl::StrJoin(seen, " union "), ") seen order by value",
                      direction, ", name", direction);
}

// This adds which index rows `f` are meant: those that resources of the kind have of a field, for one of
// these agencies.
void AddFieldSql(const NarrowedPage& page, std::vector<std::string> agencies, const std::string& field,
                 GrowingSql* sql) {
  sql->Add("f.kind = ", page.kind);
  sql->Add(" and f.agency in ");
  const char* before = "(";
  for (std::string& agency : agencies) {
    sql->Add(before, std::move(agency));
    before = ", ";
  }
  sql->Add(") and f.field = ", field);
}

// This begins the look-up of an index row that the resource `d` has for one of these agencies; the caller
// must close it.
GrowingSql BeginRowSql(const NarrowedPage& page, std::vector<std::string> agencies, const std::string& field,
                       const Bind& bind) {
  GrowingSql sql("exists (select 1 from visible f where f.name = d.name and ", bind);
  AddFieldSql(page, std::move(agencies), field, &sql);
  return sql;
}

// This gives the resources that have a value of a field that viewers have rows of, one more than a page looks
// at. Unset values come after all others.
std::string SetSql(const NarrowedPage& page, const Field& field, const Bind& bind) {
  GrowingSql sql("(select f.name from visible f where ", bind);
  AddFieldSql(page, ViewersOfList(page.query), listing::RowsOf(field), &sql);
  sql.Add(absl::StrCat(" and f.value < '", listing::kUnset, "' limit ", kLookedAt + 1, ")"));
  return sql.Take();
}

// This counts the characters of a text, as both databases do.
std::size_t CharactersIn(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string ConditionSql(const NarrowedPage& page, const Condition& condition, const Bind& bind) {
  const auto unset = absl::StrCat("'", listing::kUnset, "'");
  if (condition.kind == Condition::kAll) return "1 = 1";
  if (condition.kind == Condition::kNot) {
    return absl::StrCat("not (", ConditionSql(page, condition.parts.front(), bind), ")");
  }
  if (condition.field == nullptr) {
    std::vector<std::string> parts;
    for (const Condition& part : condition.parts) parts.push_back(ConditionSql(page, part, bind));
    return absl::StrCat("(", absl::StrJoin(parts, condition.kind == Condition::kAnd ? " and " : " or "), ")");
  }
  const bool of_viewers = condition.field->has_ranges();
  GrowingSql row =
      BeginRowSql(page, of_viewers ? ViewersOfList(page.query) : std::vector<std::string>{kOwnRows},
                  listing::RowsOf(*condition.field), bind);
  switch (condition.kind) {
    case Condition::kUnset: {
      row.Add(absl::StrCat(" and f.value <> ", unset));
      row.Add(kEndOfRowSql);
      if (!of_viewers) return "not " + row.Take();
      // Where few resources have a value, they are read once, and no look at the index by name is needed for
      // each row: a page whose rows all lack it would need the most of these.
      const Field& field = *condition.field;
      return absl::StrCat("not case when (select count(*) from ", SetSql(page, field, bind),
                          " few) <= ", kLookedAt, " then d.name in ", SetSql(page, field, bind), " else ",
                          row.Take(), " end");
    }
    case Condition::kBegins:
      row.Add(absl::StrCat(" and substr(f.value, 1, ", CharactersIn(condition.value), ") = "),
              condition.value);
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
  row.Add(kEndOfRowSql);
  return row.Take();
}

}  // namespace

std::string DirectionOf(const Narrowed& by) { return by.order.descending ? " desc" : ""; }

std::string NarrowedSql(const NarrowedPage& page, int rows, int limit, const Bind& bind) {
  const std::string direction = DirectionOf(page.by);
  GrowingSql sql("select d.value as value, d.name as name from (", bind);
  sql.Add(LookedAtSql(page, rows, bind));
  sql.Add(" limit ", static_cast<long long>(rows));
  sql.Add(") d where ");
  sql.Add(ConditionSql(page, LeftByRange(page.by), bind));
  for (const auto& [field, value] : page.query.filters) {
    GrowingSql row = BeginRowSql(page, ViewersOfList(page.query), field, bind);
    row.Add(" and f.value = ", value);
    row.Add(kEndOfRowSql);
    sql.Add(" and " + row.Take());
  }
  if (!NarrowedRangeOf(page.by).whole) AddPrefixSql("d.name", page, &sql);
  sql.Add(absl::StrCat(" order by d.value", direction, ", d.name", direction, " limit "),
          static_cast<long long>(limit));
  return sql.Take();
}

std::string LastLookedAtSql(const NarrowedPage& page, const Bind& bind) {
  return absl::StrCat(LookedAtSql(page, kLookedAt, bind), " limit 1 offset ", kLookedAt - 1);
}

}  // namespace accord::storage
