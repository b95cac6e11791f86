#include "services/strategy/money/amounts.h"

#include <set>

#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "services/strategy/money/fiscal_years.h"

namespace accord::strategy {

absl::Status CheckAmount(const v1::RuleSet& policy, const std::string& field, int64_t cents) {
  if (cents > 0 && cents <= policy.max_amount_cents()) return absl::OkStatus();
  return RefuseField(rules::kAmountInvalid, field, "must be above 0 and not absurdly large");
}

absl::Status CheckYearAmounts(const v1::RuleSet& policy, const std::string& field,
                              const google::protobuf::RepeatedPtrField<v1::YearAmount>& years,
                              int64_t total) {
  std::set<std::string> named;
  // The sum has at most eight amounts, so it stays far below the range of 64 bits.
  int64_t sum = 0;
  for (const v1::YearAmount& year : years) {
    ACCORD_RETURN_IF_ERROR(CheckFiscalYear(field + ".fiscal_year", year.fiscal_year()));
    ACCORD_RETURN_IF_ERROR(CheckAmount(policy, field + ".amount_cents", year.amount_cents()));
    if (!named.insert(year.fiscal_year()).second) return RefuseFields({{field, "must name each year once"}});
    sum += year.amount_cents();
  }
  if (sum == total) return absl::OkStatus();
  return RefuseField(rules::kYearsDoNotSum, field, "must add up to the amount");
}

}  // namespace accord::strategy
