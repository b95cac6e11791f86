#include "services/strategy/money/amounts.h"

#include "common/base/field_refusal.h"
#include "services/strategy/money/fiscal_year.h"

namespace accord::strategy {

absl::Status CheckAmount(const v1::RuleSet& policy, const std::string& field, int64_t cents) {
  if (cents > 0 && cents <= policy.max_amount_cents()) return absl::OkStatus();
  return RefuseField(rules::kAmountInvalid, field, "must be above 0 and not absurdly large");
}

absl::Status CheckFiscalYear(const std::string& field, const std::string& fiscal_year) {
  if (FirstYearOf(fiscal_year)) return absl::OkStatus();
  return RefuseField(rules::kFiscalYearInvalid, field, "must be two years in a row, such as 2016-17");
}

}  // namespace accord::strategy
