#include "services/supports/partners/catchment_store.h"

#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace accord::supports {

absl::Status PutCatchment(storage::Transaction& tx, const Catchment& catchment) {
  return tx
      .Exec("insert into catchment (code, partner, funded_from, funded_to) values (:p1, :p2, :p3, :p4)",
            catchment.code, catchment.partner, catchment.from, catchment.to)
      .status();
}

absl::Status EndCatchments(storage::Transaction& tx, const std::string& partner, const std::string& to) {
  return tx.Exec("update catchment set funded_to = :p1 where partner = :p2", to, partner).status();
}

std::string CatchmentPartnersSql(const std::string& code, const std::string& day, const storage::Bind& bind,
                                 const std::string& after, int limit) {
  std::string sql = absl::StrCat("select partner as name from catchment where code = ", bind(code));
  absl::StrAppend(&sql, " and funded_from <= ", bind(day));
  absl::StrAppend(&sql, " and (funded_to = '' or funded_to >= ", bind(day), ")");
  if (!after.empty()) absl::StrAppend(&sql, " and partner > ", bind(after));
  absl::StrAppend(&sql, " order by partner limit ", bind(static_cast<long long>(limit)));
  return sql;
}

absl::StatusOr<std::vector<std::string>> CatchmentPartnersFrom(storage::Transaction& tx,
                                                               const std::string& code,
                                                               const std::string& day) {
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          tx.Query<std::string>("select partner from catchment where code = :p1 and "
                                                "(funded_to = '' or funded_to >= :p2) order by partner",
                                                code, day));
  std::vector<std::string> names;
  for (auto& [name] : rows) names.push_back(std::move(name));
  return names;
}

absl::StatusOr<int64_t> CountCatchmentPartners(storage::Transaction& tx, const std::string& day) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>("select count(distinct partner) from catchment where funded_from <= :p1 and "
                        "(funded_to = '' or funded_to >= :p2)",
                        day, day));
  return std::get<0>(rows.at(0));
}

}  // namespace accord::supports
