#include "services/supports/benefits/benefit_account_store.h"

#include <tuple>
#include <utility>

#include "common/base/error.h"

namespace accord::supports {
namespace {

// This gives the account for the benefits of a case, which is the case itself unless the survivor was
// handed over.
absl::StatusOr<std::string> BenefitAccountOf(storage::Transaction& tx, const std::string& case_name) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      tx.Query<std::string>("select account from benefit_account where case_name = :p1", case_name));
  if (rows.empty()) return case_name;
  return std::get<0>(std::move(rows[0]));
}

}  // namespace

absl::StatusOr<bool> TakeFromBenefitAccount(storage::Transaction& tx, const std::string& case_name,
                                            const std::string& benefit, int64_t amount,
                                            std::optional<int64_t> limit) {
  ACCORD_ASSIGN_OR_RETURN(const std::string account, BenefitAccountOf(tx, case_name));
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("insert into benefit_used (case_name, benefit, used) values (:p1, :p2, 0) on conflict do "
              "nothing",
              account, benefit)
          .status());
  if (!limit) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("update benefit_used set used = used + :p1 where case_name = :p2 and benefit = :p3", amount,
                account, benefit)
            .status());
    return true;
  }
  ACCORD_ASSIGN_OR_RETURN(const int64_t taken,
                          tx.Exec("update benefit_used set used = used + :p1 where case_name = :p2 and "
                                  "benefit = :p3 and used + :p4 <= :p5",
                                  amount, account, benefit, amount, *limit));
  return taken == 1;
}

absl::Status GiveBackToBenefitAccount(storage::Transaction& tx, const std::string& case_name,
                                      const std::string& benefit, int64_t amount) {
  ACCORD_ASSIGN_OR_RETURN(const std::string account, BenefitAccountOf(tx, case_name));
  return tx
      .Exec("update benefit_used set used = used - :p1 where case_name = :p2 and benefit = :p3", amount,
            account, benefit)
      .status();
}

absl::Status ShareBenefitAccount(storage::Transaction& tx, const std::string& from_case,
                                 const std::string& to_case) {
  ACCORD_ASSIGN_OR_RETURN(const std::string account, BenefitAccountOf(tx, from_case));
  return tx.Exec("insert into benefit_account (case_name, account) values (:p1, :p2)", to_case, account)
      .status();
}

absl::StatusOr<std::vector<std::string>> CasesOfBenefitAccount(storage::Transaction& tx,
                                                               const std::string& case_name) {
  ACCORD_ASSIGN_OR_RETURN(const std::string account, BenefitAccountOf(tx, case_name));
  ACCORD_ASSIGN_OR_RETURN(
      const auto handed_over,
      tx.Query<std::string>("select case_name from benefit_account where account = :p1", account));
  std::vector<std::string> cases = {account};
  for (const auto& [name] : handed_over) cases.push_back(name);
  return cases;
}

}  // namespace accord::supports
