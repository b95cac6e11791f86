// These handlers of BenefitClaimService decide on a claim.
#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "common/access/names.h"
#include "common/base/business_days.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/fiscal_year.h"
#include "services/supports/benefits/benefit_account_store.h"
#include "services/supports/benefits/benefit_claim_service.h"
#include "services/supports/benefits/benefit_lifecycles.h"
#include "services/supports/benefits/benefit_rules.h"
#include "services/supports/benefits/claim_access.h"
#include "services/supports/benefits/claim_steps.h"
#include "services/supports/benefits/fund_line_store.h"
#include "services/supports/place_check.h"

namespace accord::supports {
namespace {

using v1::BenefitClaim;

// Checks that the caller is of the level that decides by the rule. If no level is established, both
// may decide.
absl::Status CheckDecisionLevel(const Caller& caller, const BenefitClaim& claim,
                                const v1::BenefitRule& rule) {
  const bool own = OwnerOf(claim.name()) == caller.agency;
  const bool manages = own && caller.Has(annotations::v1::ROLE_VS_MANAGER);
  const bool allowed = rule.decision_level() == v1::DECISION_LEVEL_AGENCY    ? manages
                       : rule.decision_level() == v1::DECISION_LEVEL_PROGRAM ? !own
                                                                             : manages || !own;
  if (allowed) return absl::OkStatus();
  return Refuse(rules::kDecisionLevel, "The rule of the benefit has another level decide.");
}

// This requires a reason wherever the claim has concerns that a person has to consider.
absl::Status CheckEligibilityDecision(const BenefitClaim& claim, const std::string& reason) {
  const auto& concerns = claim.concerns();
  const bool late =
      std::find(concerns.begin(), concerns.end(), v1::CLAIM_CONCERN_WINDOW_MISSED) != concerns.end();
  if (late && claim.extension_reason().empty()) {
    return Refuse(rules::kWindowMissed, "The claim came after its window; return it for the reason.");
  }
  if (!claim.residual_need_declared()) {
    return Refuse(rules::kNeedNotDeclared, "Return the claim, so that a worker asks the survivor.");
  }
  if (concerns.empty() || !reason.empty()) return absl::OkStatus();
  return RefuseFields({{"reason", "is required, since the claim has concerns"}});
}

absl::Status CheckDecision(const BenefitClaim& claim, const v1::DecideBenefitClaimRequest& request,
                           int next) {
  if (next == v1::BENEFIT_CLAIM_STATE_ELIGIBLE) return CheckEligibilityDecision(claim, request.reason());
  if (request.reason().empty()) return RefuseFields({{"reason", "is required"}});
  if (next == v1::BENEFIT_CLAIM_STATE_INCOMPLETE) return absl::OkStatus();
  if (request.code() == v1::BENEFIT_REASON_UNSPECIFIED) return RefuseFields({{"code", "is required"}});
  if (next == v1::BENEFIT_CLAIM_STATE_INELIGIBLE && request.next_route().empty()) {
    return RefuseFields({{"next_route", "is required: say where else the survivor can turn"}});
  }
  return absl::OkStatus();
}

// This gives the number of business days after today until this day, which is included.
int BusinessDaysLeftToDecide(absl::CivilDay today, const std::string& until) {
  int left = 0;
  const auto last = ParseDay(until);
  for (absl::CivilDay day = today + 1; last && day <= *last; ++day) left += IsBusinessDay(day) ? 1 : 0;
  return left;
}

absl::Status CheckApprovalAuthority(const host::Call& call, const BenefitClaim& claim,
                                    const v1::BenefitRule& rule, const std::string& authority_ref) {
  if (rule.has_limit_cents()) {
    if (authority_ref.empty()) return absl::OkStatus();
    return RefuseFields({{"authority_ref", "must be empty, since the benefit has a limit"}});
  }
  const bool program = OwnerOf(claim.name()) != call.caller().agency;
  if (program && !authority_ref.empty()) return absl::OkStatus();
  return Refuse(rules::kLimitUnknown, "Nobody knows the limit: the program approves by a named authority.");
}

}  // namespace

absl::Status BenefitClaimService::ReadToDecide(const host::Call& call, Tx& tx, const std::string& name,
                                               BenefitClaim* claim, const v1::BenefitRule** rule) {
  ACCORD_RETURN_IF_ERROR(ReadClaim(call, tx, &cases_, &claims_, name, claim));
  *rule = BenefitRuleNamed(*rules_, claim->benefit(), claim->benefit_version());
  if (*rule == nullptr)
    return Refuse(rules::kNotInForce, "The rule set has this version of the rule no more.");
  ACCORD_RETURN_IF_ERROR(CheckDecisionLevel(call.caller(), *claim, **rule));
  if (ClaimRestsOnConsent(*claim, FormatDay(OntarioDay(call.now())))) return absl::OkStatus();
  return Refuse(rules::kConsentNotLive, "The survivor's consent to this claim does not stand.");
}

BenefitClaimService::Result BenefitClaimService::Decide(host::Call& call, Tx& tx, const storage::Write& write,
                                                        const v1::DecideBenefitClaimRequest& request) {
  BenefitClaim claim;
  const v1::BenefitRule* rule = nullptr;
  ACCORD_RETURN_IF_ERROR(ReadToDecide(call, tx, request.name(), &claim, &rule));
  ACCORD_ASSIGN_OR_RETURN(const int next, BenefitDecidingLifecycle().Next(claim.state(), request.event()));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  ACCORD_RETURN_IF_ERROR(CheckDecision(claim, request, next));
  if (next == v1::BENEFIT_CLAIM_STATE_INCOMPLETE && !claim.decide_by().empty()) {
    // The time to decide stands still until the claim is complete.
    claim.set_business_days_left(BusinessDaysLeftToDecide(OntarioDay(call.now()), claim.decide_by()));
    claim.clear_decide_by();
  }
  claim.set_state(static_cast<v1::BenefitClaimState>(next));
  auto* step = AddClaimStep(&claim, call.caller().agency, call.now(), request.event());
  step->set_code(request.code());
  step->set_reason(request.reason());
  step->set_next_route(request.next_route());
  return Keep(call, tx, write, request.etag(), std::move(claim));
}

BenefitClaimService::Result BenefitClaimService::Review(host::Call& call, Tx& tx, const storage::Write& write,
                                                        const v1::ReviewBenefitClaimRequest& request) {
  BenefitClaim claim;
  ACCORD_RETURN_IF_ERROR(ReadClaim(call, tx, &cases_, &claims_, request.name(), &claim));
  ACCORD_ASSIGN_OR_RETURN(const int next, BenefitClaimLifecycle().Next(claim.state(), "review"));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  // A review requires everything that a claim has to show.
  ACCORD_RETURN_IF_ERROR(CheckEligibilityDecision(claim, request.reason()));
  claim.set_state(static_cast<v1::BenefitClaimState>(next));
  AddClaimStep(&claim, call.caller().agency, call.now(), "review")->set_reason(request.reason());
  return Keep(call, tx, write, request.etag(), std::move(claim));
}

absl::Status BenefitClaimService::Reserve(Tx& tx, const v1::BenefitRule& rule, const std::string& fiscal_year,
                                          BenefitClaim* claim) {
  const int64_t amount = claim->amount_approved_cents();
  ACCORD_ASSIGN_OR_RETURN(const bool within,
                          TakeFromBenefitAccount(tx, claim->support_case(), BenefitWord(claim->benefit()),
                                                 amount, BenefitLimitOf(rule)));
  if (!within) return Refuse(rules::kLimitExceeded, "Less than this is left of the benefit for the case.");
  if (rule.draws_on() == v1::BENEFIT_FUND_UNSPECIFIED) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(
      const std::string line,
      ReserveFromFundLine(tx, claim->asked_agency(), BenefitFundWord(rule.draws_on()), fiscal_year, amount));
  claim->set_fund_line(line);
  return absl::OkStatus();
}

BenefitClaimService::Result BenefitClaimService::Approve(host::Call& call, Tx& tx,
                                                         const storage::Write& write,
                                                         const v1::ApproveBenefitClaimRequest& request) {
  BenefitClaim claim;
  const v1::BenefitRule* rule = nullptr;
  ACCORD_RETURN_IF_ERROR(ReadToDecide(call, tx, request.name(), &claim, &rule));
  ACCORD_ASSIGN_OR_RETURN(const int next, BenefitClaimLifecycle().Next(claim.state(), "approve"));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  ACCORD_RETURN_IF_ERROR(
      CheckBenefitAmount("amount_cents", request.amount_cents(), claim.amount_requested_cents()));
  ACCORD_RETURN_IF_ERROR(CheckApprovalAuthority(call, claim, *rule, request.authority_ref()));
  const absl::CivilDay day = OntarioDay(call.now());
  ACCORD_RETURN_IF_ERROR(CheckFacility(tx, *rule, claim, FormatDay(day)));
  claim.set_state(static_cast<v1::BenefitClaimState>(next));
  claim.set_amount_approved_cents(request.amount_cents());
  claim.set_authority_ref(request.authority_ref());
  ACCORD_RETURN_IF_ERROR(Reserve(tx, *rule, FiscalYearOf(day), &claim));
  AddClaimStep(&claim, call.caller().agency, call.now(), "approve")->set_amount_cents(request.amount_cents());
  return Keep(call, tx, write, request.etag(), std::move(claim));
}

}  // namespace accord::supports
