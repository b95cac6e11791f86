// Checks of every amount of money.
#ifndef ACCORD_SERVICES_STRATEGY_MONEY_AMOUNTS_H_
#define ACCORD_SERVICES_STRATEGY_MONEY_AMOUNTS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "accord/strategy/v1/money_resources.pb.h"
#include "accord/strategy/v1/rules.pb.h"

namespace accord::strategy {

// AMOUNT_INVALID of this field unless it is above 0 and at most the policy's limit, in cents. Sums of such
// amounts stay far below the range of 64 bits.
absl::Status CheckAmount(const v1::RuleSet& policy, const std::string& field, int64_t cents);
// FISCAL_YEAR_INVALID of this field unless it is written like `2016-17`.
absl::Status CheckFiscalYear(const std::string& field, const std::string& fiscal_year);
// Checks the same, and fails with FISCAL_YEAR_OUTSIDE if the year is before the policy's first one.
absl::Status CheckYearOfMoney(const v1::RuleSet& policy, const std::string& field,
                              const std::string& fiscal_year);
// OK if the year is one of the envelope's. An empty year is OK only while the envelope's first year is
// unknown. Otherwise FISCAL_YEAR_NEEDED, FISCAL_YEAR_INVALID of this field, or FISCAL_YEAR_OUTSIDE.
absl::Status CheckYearOf(const v1::RuleSet& policy, const v1::Envelope& envelope, const std::string& field,
                         const std::string& fiscal_year);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_MONEY_AMOUNTS_H_
