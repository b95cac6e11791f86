// This stores how much people may approve, commit or pay at once, as far as somebody stated it, and who
// approved which payment.
#ifndef ACCORD_SERVICES_STRATEGY_MONEY_APPROVAL_STORE_H_
#define ACCORD_SERVICES_STRATEGY_MONEY_APPROVAL_STORE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "common/storage/database/database.h"

namespace accord::strategy {

// This stores the limit of a person. It fails with ALREADY_RECORDED if the person has a limit.
absl::Status KeepApprovalLimit(storage::Transaction& tx, const std::string& agency, const std::string& person,
                               int64_t cents);
absl::Status ChangeApprovalLimit(storage::Transaction& tx, const std::string& agency,
                                 const std::string& person, int64_t cents);
// This fails with APPROVAL_LIMIT_EXCEEDED if the person has a limit and it is below this amount.
absl::Status CheckApprovalLimit(storage::Transaction& tx, const std::string& agency,
                                const std::string& person, int64_t cents);
// This notes who approved a payment.
absl::Status KeepApprover(storage::Transaction& tx, const std::string& payment, const std::string& agency,
                          const std::string& person);
// This checks the same for the person who approved the payment, against today's limit.
absl::Status CheckApprover(storage::Transaction& tx, const std::string& payment, int64_t cents);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_MONEY_APPROVAL_STORE_H_
