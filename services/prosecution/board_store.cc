#include "services/prosecution/board_store.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/storage/records/resources.h"
#include "services/prosecution/seat_pages.h"

namespace accord::prosecution {

absl::Status PutOnBoard(storage::Transaction& tx, const BoardRow& row, bool open) {
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from board where name = :p1", row.name).status());
  if (!open) return absl::OkStatus();
  for (const std::string& seat : row.seats) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("insert into board (viewer, name, region, stage, ceiling) values (:p1, :p2, :p3, :p4, :p5)",
                seat, row.name, row.region, row.stage, row.ceiling)
            .status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> CeilingOnBoard(storage::Transaction& tx, const std::string& accused) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows, tx.Query<std::string>("select ceiling from board where name = :p1 limit 1", accused));
  return rows.empty() ? std::string() : std::get<0>(rows.front());
}

absl::Status GiveBoard(storage::Transaction& tx, const std::string& case_name, const std::string& owner,
                       const std::vector<std::string>& seats) {
  // The owner's seat has every row of the case. The digit zero comes right after a slash.
  ACCORD_ASSIGN_OR_RETURN(
      auto rows, (tx.Query<std::string, std::string, std::string, std::string>(
                     "select region, stage, ceiling, name from board where viewer = :p1 and name > :p2 and "
                     "name < :p3",
                     owner, absl::StrCat(case_name, "/accused/"), absl::StrCat(case_name, "/accused0"))));
  for (auto& [region, stage, ceiling, name] : rows) {
    ACCORD_RETURN_IF_ERROR(PutOnBoard(tx, {seats, region, stage, ceiling, name}, true));
  }
  return absl::OkStatus();
}

std::string BoardSql(const BoardQuery& query, std::vector<storage::Value>* params) {
  const storage::Bind bind = BindTo(params);
  std::vector<std::string> ranges;
  for (const std::string& seat : query.seats) {
    std::string range = absl::StrCat("select ceiling, name from board where viewer = ", bind(seat));
    if (!query.region.empty()) absl::StrAppend(&range, " and region = ", bind(query.region));
    if (!query.stage.empty()) absl::StrAppend(&range, " and stage = ", bind(query.stage));
    if (!query.after_name.empty()) {
      absl::StrAppend(&range, " and (ceiling, name) > (", bind(query.after_ceiling));
      absl::StrAppend(&range, ", ", bind(query.after_name), ")");
    }
    absl::StrAppend(&range, " order by ceiling, name limit ", bind(static_cast<long long>(query.limit)));
    ranges.push_back(std::move(range));
  }
  return PageOfSeats(ranges, "ceiling, name", query.limit, bind);
}

absl::StatusOr<std::vector<BoardEntry>> ReadBoard(storage::Transaction& tx, const BoardQuery& query) {
  std::vector<storage::Value> params;
  const std::string sql = BoardSql(query, &params);
  ACCORD_ASSIGN_OR_RETURN(auto rows, (tx.QueryValues<std::string, std::string>(sql, params)));
  std::vector<BoardEntry> entries;
  for (auto& [ceiling, name] : rows) entries.push_back({std::move(ceiling), std::move(name)});
  return entries;
}

absl::Status EachOnBoard(storage::Transaction& tx, BoardQuery query,
                         const std::function<absl::StatusOr<bool>(const BoardEntry&)>& more) {
  while (true) {
    ACCORD_ASSIGN_OR_RETURN(const auto entries, ReadBoard(tx, query));
    for (const BoardEntry& entry : entries) {
      ACCORD_ASSIGN_OR_RETURN(const bool on, more(entry));
      if (!on) return absl::OkStatus();
    }
    if (static_cast<int>(entries.size()) < query.limit) return absl::OkStatus();
    query.after_ceiling = entries.back().ceiling;
    query.after_name = entries.back().name;
  }
}

}  // namespace accord::prosecution
