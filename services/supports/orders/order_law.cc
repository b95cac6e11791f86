#include "services/supports/orders/order_law.h"

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/law.h"
#include "common/base/months.h"

namespace accord::supports {
namespace {

// This tells whether the row applies on this day. Days that are written as YYYY-MM-DD sort in the order of
// time. A row ends before its last day.
template <class Row>
bool DoesOrderLawApplyOn(const Row& row, const std::string& day) {
  return row.effective_from() <= day && (row.effective_to().empty() || day < row.effective_to());
}

template <class Row>
absl::Status CheckOrderLawRow(const Row& row) {
  ACCORD_RETURN_IF_ERROR(CheckMarked(row, "restraining orders"));
  // A row from memory may only warn, but these rows can refuse.
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

const v1::OrderLaw* OrderLawOn(const v1::RuleSet& rules, const std::string& day) {
  for (const v1::OrderLaw& law : rules.order_laws()) {
    if (DoesOrderLawApplyOn(law, day)) return &law;
  }
  return nullptr;
}

absl::Status RefuseWithoutOrderLaw() {
  return Refuse(rules::kNotInForce, "No restraining order could be had on that day.");
}

}  // namespace

absl::Status CheckOrderLawRows(const v1::RuleSet& rules) {
  for (const auto& row : rules.order_laws()) {
    ACCORD_RETURN_IF_ERROR(CheckOrderLawRow(row));
    if (row.longest_months() < 1) {
      return absl::InvalidArgumentError("rules: a law of restraining orders does not say how long one lasts");
    }
  }
  for (const auto& row : rules.order_applicants()) {
    ACCORD_RETURN_IF_ERROR(CheckOrderLawRow(row));
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

absl::Status CheckOrderLawInForce(const v1::RuleSet& rules, const std::string& day) {
  return OrderLawOn(rules, day) != nullptr ? absl::OkStatus() : RefuseWithoutOrderLaw();
}

absl::Status CheckApplicantByLaw(const v1::RuleSet& rules, v1::OrderApplicant applicant,
                                 const std::string& day, v1::OrderApplicantRule* row) {
  ACCORD_RETURN_IF_ERROR(CheckOrderLawInForce(rules, day));
  for (const v1::OrderApplicantRule& each : rules.order_applicants()) {
    if (each.applicant() != applicant || !DoesOrderLawApplyOn(each, day)) continue;
    *row = each;
    return absl::OkStatus();
  }
  return Refuse(rules::kNotInForce, "Nobody could ask for an order as this applicant on that day.");
}

absl::Status CheckOrderEndByLaw(const v1::RuleSet& rules, const std::string& made_on,
                                const std::string& expires_on) {
  const v1::OrderLaw* law = OrderLawOn(rules, made_on);
  if (law == nullptr) return RefuseWithoutOrderLaw();
  const auto made = ParseDay(made_on);
  if (!made) return RefuseFields({{"made_on", "must be YYYY-MM-DD, a day that exists"}});
  if (expires_on <= FormatDay(MonthsAfter(*made, law->longest_months()))) return absl::OkStatus();
  return RefuseField(rules::kOrderTooLong, "expires_on", "comes later than the law of that day allows");
}

}  // namespace accord::supports
