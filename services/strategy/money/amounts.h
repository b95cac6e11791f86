// These functions check amounts of money.
#ifndef ACCORD_SERVICES_STRATEGY_MONEY_AMOUNTS_H_
#define ACCORD_SERVICES_STRATEGY_MONEY_AMOUNTS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "accord/strategy/v1/funding_application_resources.pb.h"
#include "accord/strategy/v1/money_resources.pb.h"
#include "accord/strategy/v1/rules.pb.h"

namespace accord::strategy {

// This fails with AMOUNT_INVALID of this field unless it is above 0 and at most the policy's limit, in cents.
// Sums of such amounts stay far below the range of 64 bits.
absl::Status CheckAmount(const v1::RuleSet& policy, const std::string& field, int64_t cents);

// This fails with FISCAL_YEAR_INVALID, AMOUNT_INVALID or FIELD_INVALID of this field for impossible years,
// and YEARS_DO_NOT_SUM unless they add up to `total`. There may be at most eight years.
absl::Status CheckYearAmounts(const v1::RuleSet& policy, const std::string& field,
                              const google::protobuf::RepeatedPtrField<v1::YearAmount>& years, int64_t total);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_MONEY_AMOUNTS_H_
