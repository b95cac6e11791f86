#include "services/strategy/money/balance_store.h"

#include <tuple>
#include <utility>

#include "common/base/error.h"

namespace accord::strategy {
namespace {

using storage::Transaction;

// This makes the row of a year, unless it exists, when somebody first needs it.
absl::Status MakeBalanceRow(Transaction& tx, const std::string& envelope, const std::string& fiscal_year) {
  return tx
      .Exec(
          "insert into envelope_balance (envelope, fiscal_year, ceiling, committed) "
          "values (:p1, :p2, null, 0) on conflict do nothing",
          envelope, fiscal_year)
      .status();
}

absl::Status TakeFromBalanceRow(Transaction& tx, const std::string& envelope, const std::string& fiscal_year,
                                int64_t amount) {
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t taken,
      tx.Exec("update envelope_balance set committed = committed + :p1 where envelope = :p2 and "
              "fiscal_year = :p3 and (ceiling is null or committed + :p4 <= ceiling)",
              amount, envelope, fiscal_year, amount));
  if (taken == 1) return absl::OkStatus();
  return Refuse(rules::kEnvelopeExceeded, "Less than this is left of the envelope, or of its year.");
}

absl::Status GiveBackToBalanceRow(Transaction& tx, const std::string& envelope,
                                  const std::string& fiscal_year, int64_t amount) {
  return tx
      .Exec(
          "update envelope_balance set committed = committed - :p1 where envelope = :p2 and "
          "fiscal_year = :p3",
          amount, envelope, fiscal_year)
      .status();
}

}  // namespace

absl::Status MakeBalance(Transaction& tx, const std::string& envelope, int64_t total) {
  return tx
      .Exec(
          "insert into envelope_balance (envelope, fiscal_year, ceiling, committed) "
          "values (:p1, '', :p2, 0)",
          envelope, total)
      .status();
}

absl::Status SetBalanceTotal(Transaction& tx, const std::string& envelope, int64_t total) {
  ACCORD_RETURN_IF_ERROR(MakeBalanceRow(tx, envelope, ""));
  ACCORD_ASSIGN_OR_RETURN(const int64_t set,
                          tx.Exec("update envelope_balance set ceiling = :p1 where envelope = :p2 and "
                                  "fiscal_year = '' and committed <= :p3",
                                  total, envelope, total));
  if (set == 1) return absl::OkStatus();
  return Refuse(rules::kEnvelopeExceeded, "More than this is committed already.");
}

absl::Status TakeFromBalance(Transaction& tx, const std::string& envelope, const std::string& fiscal_year,
                             int64_t amount) {
  ACCORD_RETURN_IF_ERROR(TakeFromBalanceRow(tx, envelope, "", amount));
  if (fiscal_year.empty()) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(MakeBalanceRow(tx, envelope, fiscal_year));
  return TakeFromBalanceRow(tx, envelope, fiscal_year, amount);
}

absl::Status GiveBackToBalance(Transaction& tx, const std::string& envelope, const std::string& fiscal_year,
                               int64_t amount) {
  ACCORD_RETURN_IF_ERROR(GiveBackToBalanceRow(tx, envelope, "", amount));
  return fiscal_year.empty() ? absl::OkStatus() : GiveBackToBalanceRow(tx, envelope, fiscal_year, amount);
}

absl::Status SetBalanceCeilings(Transaction& tx, const std::string& envelope,
                                const std::map<std::string, int64_t>& ceilings) {
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("update envelope_balance set ceiling = null where envelope = :p1 and fiscal_year <> ''",
              envelope)
          .status());
  for (const auto& [fiscal_year, ceiling] : ceilings) {
    ACCORD_RETURN_IF_ERROR(MakeBalanceRow(tx, envelope, fiscal_year));
    ACCORD_ASSIGN_OR_RETURN(const int64_t set,
                            tx.Exec("update envelope_balance set ceiling = :p1 where envelope = :p2 and "
                                    "fiscal_year = :p3 and committed <= :p4",
                                    ceiling, envelope, fiscal_year, ceiling));
    if (set == 0) {
      return Refuse(rules::kEnvelopeExceeded, "More than this is committed in one of the years.");
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<int64_t> TakenFromBalance(Transaction& tx, const std::string& envelope) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          tx.Query<int64_t>("select committed from envelope_balance where envelope = :p1 and "
                                            "fiscal_year = ''",
                                            envelope));
  return rows.empty() ? int64_t{0} : std::get<0>(rows.front());
}

absl::StatusOr<std::vector<Balance>> BalancesOf(Transaction& tx, const std::string& envelope) {
  ACCORD_ASSIGN_OR_RETURN(auto rows, (tx.Query<std::string, std::optional<int64_t>, int64_t>(
                                         "select fiscal_year, ceiling, committed from envelope_balance "
                                         "where envelope = :p1 order by fiscal_year",
                                         envelope)));
  std::vector<Balance> balances;
  for (auto& [fiscal_year, ceiling, committed] : rows) {
    balances.push_back({std::move(fiscal_year), ceiling, committed});
  }
  return balances;
}

}  // namespace accord::strategy
