// Checks of the fiscal years that money is for.
#ifndef ACCORD_SERVICES_STRATEGY_MONEY_FISCAL_YEARS_H_
#define ACCORD_SERVICES_STRATEGY_MONEY_FISCAL_YEARS_H_

#include <string>

#include "absl/status/status.h"
#include "accord/strategy/v1/money_resources.pb.h"
#include "accord/strategy/v1/rules.pb.h"

namespace accord::strategy {

// FISCAL_YEAR_INVALID of this field unless it is written like `2016-17`.
absl::Status CheckFiscalYear(const std::string& field, const std::string& fiscal_year);

// Checks the same, and fails with FISCAL_YEAR_OUTSIDE if the year is before the policy's first one.
absl::Status CheckFiscalYearOfStrategy(const v1::RuleSet& policy, const std::string& field,
                                       const std::string& fiscal_year);

// OK if the year is one of the envelope's. An empty year is OK only while the envelope's first year is
// unknown. Otherwise FISCAL_YEAR_NEEDED, FISCAL_YEAR_INVALID of this field, or FISCAL_YEAR_OUTSIDE.
absl::Status CheckFiscalYearOfEnvelope(const v1::RuleSet& policy, const v1::Envelope& envelope,
                                       const std::string& field, const std::string& fiscal_year);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_MONEY_FISCAL_YEARS_H_
