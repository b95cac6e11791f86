// This is what is asked of every amount of money.
#ifndef ACCORD_SERVICES_STRATEGY_MONEY_AMOUNTS_H_
#define ACCORD_SERVICES_STRATEGY_MONEY_AMOUNTS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "accord/strategy/v1/money_resources.pb.h"
#include "accord/strategy/v1/rules.pb.h"

namespace accord::strategy {

// AMOUNT_INVALID of this field unless it is above 0 and at most what the policy allows, in cents: what is
// added up then stays far below what 64 bits hold.
absl::Status CheckAmount(const v1::RuleSet& policy, const std::string& field, int64_t cents);
// FISCAL_YEAR_INVALID of this field unless it is written like `2016-17`.
absl::Status CheckFiscalYear(const std::string& field, const std::string& fiscal_year);
// Does the same, and asks that the year is not before the policy's first one. FISCAL_YEAR_OUTSIDE otherwise.
absl::Status CheckYearOfMoney(const v1::RuleSet& policy, const std::string& field,
                              const std::string& fiscal_year);
// OK if the year is the envelope's own; an empty one only as long as nobody knows with which year it begins.
// FISCAL_YEAR_NEEDED, FISCAL_YEAR_INVALID of this field, or FISCAL_YEAR_OUTSIDE otherwise.
absl::Status CheckYearOf(const v1::RuleSet& policy, const v1::Envelope& envelope, const std::string& field,
                         const std::string& fiscal_year);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_MONEY_AMOUNTS_H_
