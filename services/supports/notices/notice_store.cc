#include "services/supports/notices/notice_store.h"

#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"

namespace accord::supports {

absl::Status PutNotice(storage::Transaction& tx, const std::string& notice, const std::string& case_name) {
  return tx
      .Exec("insert into survivor_notice (name, case_name, waits) values (:p1, :p2, 1)", notice, case_name)
      .status();
}

absl::Status CloseNotice(storage::Transaction& tx, const std::string& notice) {
  return tx.Exec("update survivor_notice set waits = 0 where name = :p1", notice).status();
}

absl::StatusOr<std::string> CaseOfNotice(storage::Transaction& tx, const std::string& notice) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows, tx.Query<std::string>("select case_name from survivor_notice where name = :p1", notice));
  if (rows.empty()) return NotFound();
  return std::get<0>(std::move(rows[0]));
}

std::string NoticesSql(const std::vector<std::string>& cases, bool open, const storage::Bind& bind,
                       const std::string& after, int limit) {
  std::vector<std::string> bound;
  for (const std::string& each : cases) bound.push_back(bind(each));
  std::string sql =
      absl::StrCat("select name from survivor_notice where case_name in (", absl::StrJoin(bound, ", "), ")");
  if (open) absl::StrAppend(&sql, " and waits = 1");
  if (!after.empty()) absl::StrAppend(&sql, " and name > ", bind(after));
  absl::StrAppend(&sql, " order by name limit ", bind(static_cast<long long>(limit)));
  return sql;
}

}  // namespace accord::supports
