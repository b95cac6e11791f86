#include "common/storage/records/counts.h"

#include <map>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/base/error.h"
#include "common/listing/index_rows.h"
#include "common/storage/database/row_set.h"
#include "common/storage/records/list_index.h"

namespace accord::storage {
namespace {

// This adds the difference between what is visible and what is counted, as further changes. One statement
// does it, so that both are read in the same snapshot.
constexpr char kMend[] = R"sql(
insert into count_change (kind, agency, field, value, n)
select kind, agency, field, value, sum(n) from (
  select v.kind, v.agency, v.field, v.value, count(*) as n from visible v
    join counted c on c.kind = v.kind and c.field = v.field
    where v.kind = {kind} group by v.kind, v.agency, v.field, v.value
  union all select kind, agency, field, value, -n from count_total where kind = {kind}
  union all select kind, agency, field, value, -n from count_change where kind = {kind}) as difference
group by kind, agency, field, value having sum(n) <> 0)sql";

std::string MendCountsSql(const std::string& kind) { return absl::StrReplaceAll(kMend, {{"{kind}", kind}}); }

std::string QuotedCountWord(const std::string& word) { return absl::StrCat("'", word, "'"); }

// This gives a trigger that adds a change for each row of the kind and fields that is inserted into or
// deleted from `visible`.
std::string CountTrigger(const std::string& kind, const std::string& fields, bool added) {
  const std::string row = added ? "new" : "old";
  const std::string name = absl::StrCat("count_", kind, added ? "_added" : "_gone");
  const std::string begin = absl::StrCat(
      "create trigger ", name, " after ", added ? "insert" : "delete", " on visible for each row when (", row,
      ".kind = ", QuotedCountWord(kind), " and ", row, ".field in (", fields, ")) ");
  return absl::StrCat("{postgres}", begin, "execute function count_visible();\n{sqlite}", begin,
                      "begin insert into count_change (kind, agency, field, value, n) values (", row,
                      ".kind, ", row, ".agency, ", row, ".field, ", row, ".value, ", added ? "1" : "-1",
                      "); end;\n");
}

}  // namespace

void KeepCounts(int version, const std::string& kind, const std::vector<std::string>& fields,
                std::vector<Migration>* migrations) {
  std::string sql;
  for (const std::string& field : fields) {
    absl::StrAppend(&sql, "insert into counted (kind, field) values (", QuotedCountWord(kind), ", ",
                    QuotedCountWord(field), ");\n");
  }
  const std::string all = absl::StrJoin(fields, ", ", [](std::string* out, const std::string& field) {
    absl::StrAppend(out, QuotedCountWord(field));
  });
  absl::StrAppend(&sql, CountTrigger(kind, all, true), CountTrigger(kind, all, false));
  migrations->push_back({version, absl::StrCat("changes of counts of ", kind), sql});
  // The first count is a migration of its own, which runs after every writer has begun to note its
  // changes: it takes long, but does not delay writers.
  migrations->push_back(
      {version + 1, absl::StrCat("counts of ", kind), MendCountsSql(QuotedCountWord(kind))});
}

absl::StatusOr<std::vector<std::pair<std::string, int64_t>>> KeptCounts(Transaction& tx,
                                                                        std::string_view kind,
                                                                        std::string_view viewer,
                                                                        std::string_view field) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto kept,
      tx.Query<int64_t>("select 1 from counted where kind = :p1 and field = :p2", kind, field));
  if (kept.empty()) return absl::InternalError("a field that is not kept count of");
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      (tx.Query<std::string, int64_t>(
          "select value, cast(sum(n) as bigint) from ("
          "select value, n from count_total where kind = :p1 and agency = :p2 and field = :p3 union all "
          "select value, n from count_change where kind = :p4 and agency = :p5 and field = :p6) as counts "
          "group by value having sum(n) <> 0 order by value",
          kind, viewer, field, kind, viewer, field)));
  std::vector<std::pair<std::string, int64_t>> counts;
  for (auto& [value, count] : rows) counts.emplace_back(std::move(value), count);
  return counts;
}

absl::StatusOr<std::vector<std::pair<std::string, int64_t>>> CountsWithin(Transaction& tx,
                                                                          const std::string& kind,
                                                                          std::string_view viewer,
                                                                          std::string_view field,
                                                                          const WithinTime& within) {
  if (within.by.type != listing::Field::kTime || !within.by.orders) {
    return absl::InternalError("a field that is no time by which lists are ordered");
  }
  ACCORD_RETURN_IF_ERROR(CheckListed(tx, kind));
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      (tx.Query<std::string, int64_t>(
          "select f.value, count(*) from visible t join visible f on f.kind = t.kind and f.name = t.name and "
          "f.agency = t.agency and f.field = :p1 where t.kind = :p2 and t.agency = :p3 and t.field = :p4 and "
          "t.value >= :p5 and t.value < :p6 group by f.value order by f.value",
          field, kind, viewer, listing::RowsOf(within.by),
          listing::IndexedNumber(absl::ToUnixMicros(within.from)),
          listing::IndexedNumber(absl::ToUnixMicros(within.until)))));
  std::vector<std::pair<std::string, int64_t>> counts;
  for (auto& [value, n] : rows) counts.emplace_back(std::move(value), n);
  return counts;
}

absl::StatusOr<int64_t> FoldCounts(Transaction& tx, int limit) {
  using Key = std::tuple<std::string, std::string, std::string, std::string>;
  ACCORD_ASSIGN_OR_RETURN(
      const auto changes,
      (tx.Query<int64_t, std::string, std::string, std::string, std::string, int64_t>(
          "select seq, kind, agency, field, value, n from count_change order by seq limit :p1", limit)));
  std::map<Key, int64_t> sums;
  // Only the rows that were read are removed, because one with a lower number may be committed at any time.
  RowSet folded("count_change", {{"seq", RowSet::kNumber}});
  for (const auto& [seq, kind, agency, field, value, n] : changes) {
    sums[{kind, agency, field, value}] += n;
    folded.Add({static_cast<long long>(seq)});
  }
  for (const auto& [key, n] : sums) {
    const auto& [kind, agency, field, value] = key;
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("insert into count_total (kind, agency, field, value, n) values (:p1, :p2, :p3, :p4, :p5) "
                "on conflict (kind, agency, field, value) do update set n = count_total.n + excluded.n",
                kind, agency, field, value, n)
            .status());
  }
  ACCORD_RETURN_IF_ERROR(folded.Delete(tx));
  return static_cast<int64_t>(changes.size());
}

absl::StatusOr<bool> CountsToFold(Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows, tx.Query<int64_t>("select 1 from count_change limit 1"));
  return !rows.empty();
}

absl::StatusOr<int64_t> MendCounts(Transaction& tx, const std::string& kind) {
  std::string sql = kMend;
  for (const char* place : {":p1", ":p2", ":p3"}) sql.replace(sql.find("{kind}"), 6, place);
  return tx.Exec(sql, kind, kind, kind);
}

}  // namespace accord::storage
