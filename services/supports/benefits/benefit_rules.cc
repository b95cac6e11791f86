#include "services/supports/benefits/benefit_rules.h"

#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/months.h"
#include "services/supports/days.h"

namespace accord::supports {

const v1::BenefitRule* BenefitRuleOn(const v1::RuleSet& rules, v1::BenefitCode code, const std::string& day) {
  const v1::BenefitRule* latest = nullptr;
  for (const v1::BenefitRule& rule : rules.benefits()) {
    // It is unknown when such a row applied.
    if (rule.code() != code || rule.reference() || rule.effective_from().empty()) continue;
    if (day < rule.effective_from()) continue;
    if (!rule.effective_to().empty() && rule.effective_to() <= day) continue;
    if (latest == nullptr || latest->effective_from() < rule.effective_from()) latest = &rule;
  }
  return latest;
}

const v1::BenefitRule* BenefitRuleNamed(const v1::RuleSet& rules, v1::BenefitCode code,
                                        const std::string& version) {
  for (const v1::BenefitRule& rule : rules.benefits()) {
    if (rule.code() == code && rule.version() == version) return &rule;
  }
  return nullptr;
}

std::string LastDayOfEvent(const v1::BenefitClaim& claim) {
  return claim.event_until().empty() ? claim.event_on() : claim.event_until();
}

absl::Status CheckBenefitEvent(const v1::BenefitClaim& claim, const std::string& in, absl::Time now) {
  const std::string first = in + "event_on", last = in + "event_until";
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(first, claim.event_on(), now));
  ACCORD_RETURN_IF_ERROR(CheckDaysInOrder(first, claim.event_on(), last, claim.event_until()));
  return CheckDayNotInFuture(last, claim.event_until(), now);
}

std::optional<absl::CivilDay> LastDayToClaim(const v1::BenefitRule& rule, absl::CivilDay event) {
  if (!rule.has_window()) return std::nullopt;
  switch (rule.window_unit()) {
    case v1::WINDOW_UNIT_DAYS:
      return event + rule.window();
    case v1::WINDOW_UNIT_MONTHS:
      return MonthsAfter(event, rule.window());
    default:
      return std::nullopt;
  }
}

absl::Status CheckBenefitPayee(const v1::BenefitRule& rule, const v1::Payee& payee) {
  const bool survivor = payee.kind() == v1::PAYEE_KIND_VICTIM;
  // If it is not established who is paid, a survivor is not, because a payment can lead others to him or her.
  if (survivor != (rule.payee_kind() == v1::PAYEE_KIND_VICTIM)) {
    return Refuse(rules::kPayeeNotPermitted, "The rule of the benefit has somebody else be paid.");
  }
  const bool named = !payee.provider().empty();
  const bool handed = payee.delivery() != v1::PAYEE_DELIVERY_UNSPECIFIED;
  if (named != survivor && handed == survivor) return absl::OkStatus();
  return Refuse(
      rules::kPayeeNotPermitted,
      "A provider is named and nothing else; of a survivor it is said how the money is handed over.");
}

absl::Status CheckBenefitAmount(const std::string& field, int64_t cents, int64_t most) {
  if (cents > 0 && cents <= most) return absl::OkStatus();
  return RefuseField(rules::kAmountInvalid, field, "must be above 0, and not above what there is for it");
}

std::optional<int64_t> BenefitLimitOf(const v1::BenefitRule& rule) {
  return rule.has_limit_cents() ? std::optional<int64_t>(rule.limit_cents()) : std::nullopt;
}

std::string BenefitWord(v1::BenefitCode code) { return ShortName(v1::BenefitCode_descriptor(), code); }
std::string BenefitFundWord(v1::BenefitFund fund) { return ShortName(v1::BenefitFund_descriptor(), fund); }

}  // namespace accord::supports
