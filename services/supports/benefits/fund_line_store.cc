#include "services/supports/benefits/fund_line_store.h"

#include "common/base/error.h"

namespace accord::supports {
namespace {

using FundTx = storage::Transaction;

// Checks that exactly one line has changed. Otherwise the books are wrong, and nothing is written.
absl::Status CheckOneFundLineChanged(const absl::StatusOr<int64_t>& changed) {
  if (!changed.ok()) return changed.status();
  return *changed == 1 ? absl::OkStatus() : absl::InternalError("a fund line would hold less than nothing");
}

}  // namespace

absl::StatusOr<bool> MakeFundLine(FundTx& tx, const std::string& name, const std::string& allocation,
                                  const FundLineBalance& line) {
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t made,
      tx.Exec("insert into fund_line (name, allocation, agency, fund, fiscal_year, amount, reserved, paid) "
              "values (:p1, :p2, :p3, :p4, :p5, :p6, 0, 0) on conflict do nothing",
              name, allocation, line.agency, line.fund, line.fiscal_year, line.amount));
  return made == 1;
}

absl::StatusOr<bool> ResizeFundLine(FundTx& tx, const std::string& name, int64_t amount) {
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t resized,
      tx.Exec("update fund_line set amount = :p1 where name = :p2 and reserved + paid <= :p3", amount, name,
              amount));
  return resized == 1;
}

absl::StatusOr<FundLineBalance> FundLineBalanceOf(FundTx& tx, const std::string& name) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          (tx.Query<std::string, std::string, std::string, int64_t, int64_t, int64_t>(
                              "select agency, fund, fiscal_year, amount, reserved, paid from fund_line where "
                              "name = :p1",
                              name)));
  if (rows.empty()) return FundLineBalance();
  const auto& [agency, fund, fiscal_year, amount, reserved, paid] = rows.front();
  return FundLineBalance{agency, fund, fiscal_year, amount, reserved, paid};
}

absl::StatusOr<std::string> ReserveFromFundLine(FundTx& tx, const std::string& agency,
                                                const std::string& fund, const std::string& fiscal_year,
                                                int64_t amount) {
  // Money that is for this year alone is used first.
  ACCORD_ASSIGN_OR_RETURN(
      const auto lines,
      tx.Query<std::string>("select name from fund_line where agency = :p1 and fund = :p2 and "
                            "(fiscal_year = '' or fiscal_year = :p3) order by fiscal_year desc, name",
                            agency, fund, fiscal_year));
  for (const auto& [line] : lines) {
    ACCORD_ASSIGN_OR_RETURN(const int64_t reserved,
                            tx.Exec("update fund_line set reserved = reserved + :p1 where name = :p2 and "
                                    "reserved + paid + :p3 <= amount",
                                    amount, line, amount));
    if (reserved == 1) return line;
  }
  return Refuse(
      rules::kEnvelopeExceeded,
      "No single fund line for the benefit has so much left: what several lines have is not put together.");
}

absl::Status ReleaseToFundLine(FundTx& tx, const std::string& name, int64_t amount) {
  return CheckOneFundLineChanged(
      tx.Exec("update fund_line set reserved = reserved - :p1 where name = :p2 and reserved >= :p3", amount,
              name, amount));
}

absl::Status SettleFundLine(FundTx& tx, const std::string& name, int64_t reserved, int64_t paid) {
  return CheckOneFundLineChanged(
      tx.Exec("update fund_line set reserved = reserved - :p1, paid = paid + :p2 where "
              "name = :p3 and reserved >= :p4",
              reserved, paid, name, reserved));
}

absl::Status RefundToFundLine(FundTx& tx, const std::string& name, int64_t amount) {
  return CheckOneFundLineChanged(tx.Exec(
      "update fund_line set paid = paid - :p1 where name = :p2 and paid >= :p3", amount, name, amount));
}

}  // namespace accord::supports
