// This stores what was approved of each benefit for a survivor. Cases between which the survivor was handed
// over have one common account.
#ifndef ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_ACCOUNT_STORE_H_
#define ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_ACCOUNT_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::supports {

// This adds to the approved amount of a case and a benefit, in cents, in one statement. It gives false and
// adds nothing if the sum would exceed `limit`; nullopt means no limit.
absl::StatusOr<bool> TakeFromBenefitAccount(storage::Transaction& tx, const std::string& case_name,
                                            const std::string& benefit, int64_t amount,
                                            std::optional<int64_t> limit);

absl::Status GiveBackToBenefitAccount(storage::Transaction& tx, const std::string& case_name,
                                      const std::string& benefit, int64_t amount);

// This gives both cases one common account of every benefit from now on, because limits apply to the
// survivor, who was handed over.
absl::Status ShareBenefitAccount(storage::Transaction& tx, const std::string& from_case,
                                 const std::string& to_case);

// This gives the names of all cases that share the account of this case. The case that gives the account its
// name comes first.
absl::StatusOr<std::vector<std::string>> CasesOfBenefitAccount(storage::Transaction& tx,
                                                               const std::string& case_name);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_ACCOUNT_STORE_H_
