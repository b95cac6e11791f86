#include "services/supports/orders/order_law.h"

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/law.h"
#include "common/base/months.h"

namespace accord::supports {
namespace {

// Days as text sort as days, and a row ends before its last day.
template <class Row>
bool AppliesOn(const Row& row, const std::string& day) {
  return row.effective_from() <= day && (row.effective_to().empty() || day < row.effective_to());
}

template <class Row>
absl::Status CheckOrderRow(const Row& row) {
  ACCORD_RETURN_IF_ERROR(CheckMarked(row, "restraining orders"));
  // What is from memory may warn, and never refuses.
  if (row.mark() == annotations::v1::LAW_MARK_MEMORY) {
    return absl::InvalidArgumentError("rules: a row of restraining orders is from memory and could refuse");
  }
  const bool ends = !row.effective_to().empty();
  if (ParseDay(row.effective_from()) &&
      (!ends || (ParseDay(row.effective_to()) && row.effective_from() < row.effective_to()))) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError("rules: a row of restraining orders does not say from when to when");
}

const v1::OrderLaw* LawOn(const v1::RuleSet& rules, const std::string& day) {
  for (const v1::OrderLaw& law : rules.order_laws()) {
    if (AppliesOn(law, day)) return &law;
  }
  return nullptr;
}

absl::Status NoOrderThen() {
  return Refuse(rules::kNotInForce, "No restraining order could be had on that day.");
}

}  // namespace

absl::Status CheckOrderRows(const v1::RuleSet& rules) {
  for (const auto& row : rules.order_laws()) {
    ACCORD_RETURN_IF_ERROR(CheckOrderRow(row));
    if (row.longest_months() < 1) {
      return absl::InvalidArgumentError("rules: a law of restraining orders does not say how long one lasts");
    }
  }
  for (const auto& row : rules.order_applicants()) {
    ACCORD_RETURN_IF_ERROR(CheckOrderRow(row));
    if (row.applicant() == v1::ORDER_APPLICANT_UNSPECIFIED) {
      return absl::InvalidArgumentError("rules: a row of restraining orders does not say who asks");
    }
  }
  const v1::OrderPolicy& policy = rules.order_policy();
  if (policy.expiring_days() < 1 || policy.daily_misses_of_person() < 1 ||
      policy.daily_misses_of_agency() < 1) {
    return absl::InvalidArgumentError("rules: order_policy lacks a number");
  }
  return CheckCurrency(rules.currency());
}

absl::Status CheckOrdersInForce(const v1::RuleSet& rules, const std::string& day) {
  return LawOn(rules, day) != nullptr ? absl::OkStatus() : NoOrderThen();
}

absl::Status CheckApplicant(const v1::RuleSet& rules, v1::OrderApplicant applicant, const std::string& day,
                            v1::OrderApplicantRule* row) {
  ACCORD_RETURN_IF_ERROR(CheckOrdersInForce(rules, day));
  for (const v1::OrderApplicantRule& each : rules.order_applicants()) {
    if (each.applicant() != applicant || !AppliesOn(each, day)) continue;
    *row = each;
    return absl::OkStatus();
  }
  return Refuse(rules::kNotInForce, "Nobody could ask for an order as this applicant on that day.");
}

absl::Status CheckOrderEnd(const v1::RuleSet& rules, const std::string& made_on,
                           const std::string& expires_on) {
  const v1::OrderLaw* law = LawOn(rules, made_on);
  if (law == nullptr) return NoOrderThen();
  const auto made = ParseDay(made_on);
  if (!made) return RefuseFields({{"made_on", "must be YYYY-MM-DD, a day that exists"}});
  if (expires_on <= FormatDay(MonthsAfter(*made, law->longest_months()))) return absl::OkStatus();
  return RefuseField(rules::kOrderTooLong, "expires_on", "comes later than the law of that day allows");
}

}  // namespace accord::supports
