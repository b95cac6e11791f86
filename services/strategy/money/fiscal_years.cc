#include "services/strategy/money/fiscal_years.h"

#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/fiscal_year.h"

namespace accord::strategy {

absl::Status CheckFiscalYear(const std::string& field, const std::string& fiscal_year) {
  if (FirstYearOf(fiscal_year)) return absl::OkStatus();
  return RefuseField(rules::kFiscalYearInvalid, field, "must be two years in a row, such as 2016-17");
}

absl::Status CheckFiscalYearOfStrategy(const v1::RuleSet& policy, const std::string& field,
                                       const std::string& fiscal_year) {
  ACCORD_RETURN_IF_ERROR(CheckFiscalYear(field, fiscal_year));
  if (FirstYearOf(fiscal_year).value_or(0) >= FirstYearOf(policy.first_fiscal_year()).value_or(0)) {
    return absl::OkStatus();
  }
  return RefuseField(rules::kFiscalYearOutside, field, "must not come before the strategy");
}

absl::Status CheckFiscalYearOfEnvelope(const v1::RuleSet& policy, const v1::Envelope& envelope,
                                       const std::string& field, const std::string& fiscal_year) {
  if (fiscal_year.empty()) {
    if (envelope.first_fiscal_year().empty()) return absl::OkStatus();
    return Refuse(rules::kFiscalYearNeeded, "Say of which fiscal year it is: the envelope has years.");
  }
  ACCORD_RETURN_IF_ERROR(CheckFiscalYearOfStrategy(policy, field, fiscal_year));
  if (envelope.first_fiscal_year().empty()) return absl::OkStatus();
  const int year = FirstYearOf(fiscal_year).value_or(0);
  const int first = FirstYearOf(envelope.first_fiscal_year()).value_or(0);
  if (year < first || (envelope.has_years_count() && year >= first + envelope.years_count())) {
    return Refuse(rules::kFiscalYearOutside, "An allocation is of one of the envelope's own years.");
  }
  return absl::OkStatus();
}

}  // namespace accord::strategy
