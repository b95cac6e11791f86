#include "services/supports/law.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "accord/supports/v1/benefit_resources.pb.h"
#include "accord/supports/v1/order_resources.pb.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/law.h"
#include "common/storage/records/resources.h"
#include "services/supports/benefits/benefit_rules.h"
#include "services/supports/orders/order_law.h"

namespace accord::supports {
namespace {

bool DoesLawStillMatterTo(const v1::RestrainingOrder& order, const std::string& today) {
  switch (order.state()) {
    case v1::RESTRAINING_ORDER_STATE_PREPARING:
    case v1::RESTRAINING_ORDER_STATE_FILED:
      return true;
    case v1::RESTRAINING_ORDER_STATE_GRANTED:
      return today <= order.expires_on();
    default:
      return false;
  }
}

bool DoesLawStillMatterTo(const v1::BenefitClaim& claim) {
  switch (claim.state()) {
    case v1::BENEFIT_CLAIM_STATE_INELIGIBLE:
    case v1::BENEFIT_CLAIM_STATE_DECLINED:
    case v1::BENEFIT_CLAIM_STATE_PAID:
    case v1::BENEFIT_CLAIM_STATE_CANCELLED:
      return false;
    default:
      return true;
  }
}

// This gives the facts that the law decides about an order: who may apply for it, on what terms, and how long
// it may last.
host::LawFacts LawFactsOf(const v1::RuleSet& rules, const v1::RestrainingOrder& order,
                          const std::string& today) {
  host::LawFacts facts;
  if (!DoesLawStillMatterTo(order, today)) return facts;
  v1::OrderApplicantRule row;
  const std::string asked_on = order.filed_on().empty() ? today : order.filed_on();
  const absl::Status may_ask = CheckApplicantByLaw(rules, order.applicant(), asked_on, &row);
  facts["applicant"] =
      may_ask.ok() ? absl::StrCat("needs_consent ", row.needs_consent() ? 1 : 0) : RuleOf(may_ask);
  if (!order.made_on().empty()) {
    facts["length"] = RuleOf(CheckOrderEndByLaw(rules, order.made_on(), order.expires_on()));
  }
  return facts;
}

// This gives the facts that the rules decide about a claim: which version applies to it, what its own version
// says, and until when it could have been made.
host::LawFacts LawFactsOf(const v1::RuleSet& rules, const v1::BenefitClaim& claim) {
  host::LawFacts facts;
  if (!DoesLawStillMatterTo(claim)) return facts;
  const v1::BenefitRule* applies = BenefitRuleOn(rules, claim.benefit(), LastDayOfEvent(claim));
  facts["version"] = applies == nullptr ? std::string() : applies->version();
  const v1::BenefitRule* made_by = BenefitRuleNamed(rules, claim.benefit(), claim.benefit_version());
  facts["rule"] = made_by == nullptr ? std::string() : made_by->SerializeAsString();
  const auto event = ParseDay(LastDayOfEvent(claim));
  const auto last = applies != nullptr && event ? LastDayToClaim(*applies, *event) : std::nullopt;
  facts["window"] = last ? FormatDay(*last) : std::string();
  return facts;
}

}  // namespace

absl::StatusOr<v1::RuleSet> CheckedRules(v1::RuleSet rules) {
  ACCORD_RETURN_IF_ERROR(CheckOrderLawRows(rules));
  if (rules.consent_months() < 1 || rules.acknowledge_business_days() < 1 || rules.small_cell() < 1 ||
      rules.max_amount_cents() < 1 || rules.paying_agency().empty()) {
    return absl::InvalidArgumentError(
        "rules: consent_months, acknowledge_business_days, small_cell, max_amount_cents or paying_agency is "
        "missing");
  }
  return rules;
}

std::set<std::string> SettingsFixedByRelease() {
  return {"paying_agency", "order_policy", "small_cell", "office_count_months"};
}

std::string RulesDigest(const v1::RuleSet& rules) { return RuleSetDigest(rules); }

std::vector<host::JudgedKind> JudgedRecords(const storage::PageTokens* tokens, RulesNow rules) {
  const auto facts_of_order = [orders = storage::Resources("restraining_order", tokens), rules](
                                  storage::Transaction& tx, const std::string& name,
                                  absl::Time now) mutable -> absl::StatusOr<host::LawFacts> {
    v1::RestrainingOrder order;
    ACCORD_RETURN_IF_ERROR(orders.GetAny(tx, name, &order));
    return LawFactsOf(*rules, order, FormatDay(OntarioDay(now)));
  };
  const auto facts_of_claim = [claims = storage::Resources("benefit_claim", tokens), rules](
                                  storage::Transaction& tx, const std::string& name,
                                  absl::Time) mutable -> absl::StatusOr<host::LawFacts> {
    v1::BenefitClaim claim;
    ACCORD_RETURN_IF_ERROR(claims.GetAny(tx, name, &claim));
    return LawFactsOf(*rules, claim);
  };
  std::vector<host::JudgedKind> kinds;
  kinds.push_back({"restraining_order", facts_of_order, false});
  kinds.push_back({"benefit_claim", facts_of_claim, false});
  return kinds;
}

}  // namespace accord::supports
