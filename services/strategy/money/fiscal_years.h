// These functions check the fiscal years for which money is spent.
#ifndef ACCORD_SERVICES_STRATEGY_MONEY_FISCAL_YEARS_H_
#define ACCORD_SERVICES_STRATEGY_MONEY_FISCAL_YEARS_H_

#include <string>

#include "absl/status/status.h"
#include "accord/strategy/v1/money_resources.pb.h"
#include "accord/strategy/v1/rules.pb.h"

namespace accord::strategy {

// This fails with FISCAL_YEAR_INVALID of this field unless it is written like `2016-17`.
absl::Status CheckFiscalYear(const std::string& field, const std::string& fiscal_year);

// This checks the same, and fails with FISCAL_YEAR_OUTSIDE if the year is before the policy's first one.
absl::Status CheckFiscalYearOfStrategy(const v1::RuleSet& policy, const std::string& field,
                                       const std::string& fiscal_year);

// Succeeds if the year is one of the envelope's. An empty year is accepted only while the envelope's first
// year is unknown. Otherwise it fails with FISCAL_YEAR_NEEDED, FISCAL_YEAR_OUTSIDE, or FISCAL_YEAR_INVALID of
// this field.
absl::Status CheckFiscalYearOfEnvelope(const v1::RuleSet& policy, const v1::Envelope& envelope,
                                       const std::string& field, const std::string& fiscal_year);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_MONEY_FISCAL_YEARS_H_
