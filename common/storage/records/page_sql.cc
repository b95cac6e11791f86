#include "common/storage/records/page_sql.h"

#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"

namespace accord::storage {
namespace {

// This gives the names of a kind that an agency sees, from where the page begins.
std::string PageRangeSql(const std::string& kind, const ListQuery& query, const std::string& agency,
                         const std::string& after, int limit, const Bind& bind) {
  const auto first = query.filters.empty() ? std::pair<std::string, std::string>() : query.filters[0];
  std::string sql = absl::StrCat("select v.name as name from visible v where v.kind = ", bind(kind));
  absl::StrAppend(&sql, " and v.agency = ", bind(agency));
  absl::StrAppend(&sql, " and v.field = ", bind(first.first));
  absl::StrAppend(&sql, " and v.value = ", bind(first.second));
  if (!after.empty()) absl::StrAppend(&sql, " and v.name > ", bind(after));
  if (!query.prefix.empty()) {
    absl::StrAppend(&sql, " and v.name >= ", bind(query.prefix));
    absl::StrAppend(&sql, " and v.name < ", bind(EndOfPrefix(query.prefix)));
  }
  for (std::size_t i = 1; i < query.filters.size(); ++i) {
    absl::StrAppend(
        &sql,
        " and exists (select 1 from visible f where f.kind = v.kind and f.agency = v.agency and f.field = ",
        bind(query.filters[i].first));
    absl::StrAppend(&sql, " and f.value = ", bind(query.filters[i].second), " and f.name = v.name)");
  }
  absl::StrAppend(&sql, " order by v.name limit ", bind(static_cast<long long>(limit)));
  return sql;
}

}  // namespace

std::string EndOfPrefix(std::string prefix) {
  prefix.back() = static_cast<char>(prefix.back() + 1);
  return prefix;
}

std::string WithinBytes(const Transaction& tx, std::string_view columns, std::string_view order,
                        const ByteLimit& limit, std::string sql) {
  if (!tx.postgres() || limit.bytes == std::numeric_limits<std::size_t>::max()) return sql;
  const std::string c(columns), by(order);
  return absl::StrCat("select ", c, " from (select ", c, ", sum(octet_length(body)) over (order by ", by,
                      " rows between unbounded preceding and 2 preceding) as before from (", sql,
                      ") page) sized where before is null or before <= ", limit.bytes, " order by ", by);
}

std::string SeenPageSql(const std::string& kind, const ListQuery& query, const std::string& after, int limit,
                        const Bind& bind) {
  std::string sql =
      absl::StrCat("select * from (", PageRangeSql(kind, query, query.viewer, after, limit, bind), ") mine");
  absl::StrAppend(&sql, " union select * from (",
                  PageRangeSql(kind, query, std::string(kEverybody), after, limit, bind), ") everybody");
  return sql;
}

}  // namespace accord::storage
