#include "services/strategy/money/approval_store.h"

#include <tuple>

#include "common/base/error.h"

namespace accord::strategy {

absl::Status KeepApprovalLimit(storage::Transaction& tx, const std::string& agency, const std::string& person,
                               int64_t cents) {
  ACCORD_ASSIGN_OR_RETURN(const int64_t kept, tx.Exec("insert into approval_limit (agency, person, cents) "
                                                      "values (:p1, :p2, :p3) on conflict do nothing",
                                                      agency, person, cents));
  if (kept == 1) return absl::OkStatus();
  return Refuse(rules::kAlreadyRecorded, "The person has a limit: revise that one.");
}

absl::Status ChangeApprovalLimit(storage::Transaction& tx, const std::string& agency,
                                 const std::string& person, int64_t cents) {
  return tx
      .Exec("update approval_limit set cents = :p1 where agency = :p2 and person = :p3", cents, agency,
            person)
      .status();
}

absl::Status CheckApprovalLimit(storage::Transaction& tx, const std::string& agency,
                                const std::string& person, int64_t cents) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>("select cents from approval_limit where agency = :p1 and person = :p2", agency,
                        person));
  if (rows.empty() || cents <= std::get<0>(rows.front())) return absl::OkStatus();
  return Refuse(rules::kApprovalLimitExceeded, "Ask somebody whose limit is high enough.");
}

absl::Status KeepApprover(storage::Transaction& tx, const std::string& payment, const std::string& agency,
                          const std::string& person) {
  return tx
      .Exec("insert into payment_approver (payment, agency, person) values (:p1, :p2, :p3)", payment, agency,
            person)
      .status();
}

absl::Status CheckApprover(storage::Transaction& tx, const std::string& payment, int64_t cents) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          (tx.Query<std::string, std::string>(
                              "select agency, person from payment_approver where payment = :p1", payment)));
  if (rows.empty()) return absl::OkStatus();
  const auto& [agency, person] = rows.front();
  return CheckApprovalLimit(tx, agency, person, cents);
}

}  // namespace accord::strategy
