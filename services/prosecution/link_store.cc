#include "services/prosecution/link_store.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/prosecution/seat_pages.h"

namespace accord::prosecution {

absl::Status PutLink(storage::Transaction& tx, const LinkRow& row) {
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("insert into case_link (case_name, name) values (:p1, :p2) on conflict do nothing",
              row.case_name, row.name)
          .status());
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from link_seat where name = :p1", row.name).status());
  for (const std::string& seat : row.seats) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("insert into link_seat (seat, name) values (:p1, :p2)", seat, row.name).status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> LinksOf(storage::Transaction& tx, const std::string& case_name) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows, tx.Query<std::string>("select name from case_link where case_name = :p1", case_name));
  std::vector<std::string> names;
  for (auto& [name] : rows) names.push_back(std::move(name));
  return names;
}

std::string LinkSql(const LinkQuery& query, std::vector<storage::Value>* params) {
  const storage::Bind bind = BindTo(params);
  std::vector<std::string> ranges;
  for (const std::string& seat : query.seats) {
    std::string range = absl::StrCat("select name from link_seat where seat = ", bind(seat));
    if (!query.after.empty()) absl::StrAppend(&range, " and name > ", bind(query.after));
    absl::StrAppend(&range, " order by name limit ", bind(static_cast<long long>(query.limit)));
    ranges.push_back(std::move(range));
  }
  return PageOfSeats(ranges, "name", query.limit, bind);
}

absl::StatusOr<std::vector<std::string>> ReadLinks(storage::Transaction& tx, const LinkQuery& query) {
  std::vector<storage::Value> params;
  const std::string sql = LinkSql(query, &params);
  ACCORD_ASSIGN_OR_RETURN(auto rows, tx.QueryValues<std::string>(sql, params));
  std::vector<std::string> names;
  for (auto& [name] : rows) names.push_back(std::move(name));
  return names;
}

}  // namespace accord::prosecution
