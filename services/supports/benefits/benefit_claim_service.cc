#include "services/supports/benefits/benefit_claim_service.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/business_days.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "services/supports/benefits/benefit_lifecycles.h"
#include "services/supports/benefits/benefit_rules.h"
#include "services/supports/benefits/claim_store.h"
#include "services/supports/benefits/claims.h"
#include "services/supports/consent_rules.h"
#include "services/supports/facilities/facility_service.h"
#include "services/supports/places.h"
#include "services/supports/team.h"

namespace accord::supports {
namespace {

using v1::BenefitClaim;

SoughtClaim SoughtBy(const BenefitClaim& claim) {
  return {claim.name(),     claim.support_case(), BenefitWord(claim.benefit()),
          claim.event_on(), EventDay(claim),      PayeeKeysOf(claim.payee())};
}

bool IsInTime(const v1::BenefitRule& rule, const BenefitClaim& claim) {
  const auto event = ParseDay(EventDay(claim));
  const auto last = event ? LastDayToClaim(rule, *event) : std::nullopt;
  return !last || claim.requested_on() <= FormatDay(*last);
}

}  // namespace

void BenefitClaimService::Register(host::Handlers* handlers) {
  using S = BenefitClaimService;
  handlers->Bind("accord.supports.v1.BenefitClaimService", this, &S::Request, &S::Get, &S::List, &S::Complete,
                 &S::Decide, &S::Review, &S::Approve, &S::Deliver, &S::Cancel);
}

absl::Status BenefitClaimService::NoteConcerns(Tx& tx, const v1::BenefitRule& rule, const v1::SupportCase& of,
                                               BenefitClaim* claim) {
  claim->clear_concerns();
  if (!IsInTime(rule, *claim)) claim->add_concerns(v1::CLAIM_CONCERN_WINDOW_MISSED);
  if (claim->charged() != v1::CHARGED_IN_RELATION_NO) claim->add_concerns(v1::CLAIM_CONCERN_CHARGED);
  if (of.reported_to() == v1::REPORTED_TO_UNSPECIFIED || of.reported_to() == v1::REPORTED_TO_NOT_REPORTED) {
    claim->add_concerns(v1::CLAIM_CONCERN_NOT_REPORTED);
  }
  ACCORD_ASSIGN_OR_RETURN(const bool twice, IsSoughtTwice(tx, SoughtBy(*claim)));
  if (twice) claim->add_concerns(v1::CLAIM_CONCERN_POSSIBLE_DUPLICATE);
  return absl::OkStatus();
}

absl::Status BenefitClaimService::CheckFacility(Tx& tx, const v1::BenefitRule& rule,
                                                const BenefitClaim& claim, const std::string& day) {
  if (!rule.needs_approved_facility()) return absl::OkStatus();
  v1::Facility facility;
  const absl::Status found = facilities_.GetAny(tx, claim.facility(), &facility);
  if (!found.ok() && !absl::IsNotFound(found)) return found;
  if (found.ok() && ApprovedOn(facility, day)) return absl::OkStatus();
  return Refuse(rules::kFacilityNotApproved, "Name a facility that is approved on this day.");
}

absl::Status BenefitClaimService::CheckSought(Tx& tx, const v1::BenefitRule& rule, const BenefitClaim& claim,
                                              const std::string& in, const std::string& day) {
  ACCORD_RETURN_IF_ERROR(CheckPayee(rule, claim.payee()));
  ACCORD_RETURN_IF_ERROR(
      CheckCents(in + "amount_requested_cents", claim.amount_requested_cents(), rules_->max_amount_cents()));
  if (rule.has_limit_cents() && claim.amount_requested_cents() > rule.limit_cents()) {
    return Refuse(rules::kLimitExceeded, "The benefit has a limit below this amount.");
  }
  return CheckFacility(tx, rule, claim, day);
}

BenefitClaimService::Result BenefitClaimService::Request(host::Call& call, Tx& tx,
                                                         const storage::Write& write,
                                                         const v1::RequestBenefitClaimRequest& request) {
  v1::Consent consent;
  ACCORD_RETURN_IF_ERROR(consents_.Get(tx, request.consent(), call.caller().agency, &consent));
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &cases_, CaseOf(consent.name()), &of));
  const absl::CivilDay day = OntarioDay(call.now());
  const std::string today = FormatDay(day);
  if (consent.purpose() != v1::CONSENT_PURPOSE_BENEFIT_CLAIM || !IsLive(consent, today)) {
    return Refuse(rules::kConsentNotLive, "The survivor's consent to this claim does not stand.");
  }
  ACCORD_RETURN_IF_ERROR(SupportClaimingLifecycle().Next(of.state(), "claim").status());
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  BenefitClaim claim = request.benefit_claim();
  ACCORD_RETURN_IF_ERROR(CheckEvent(claim, "benefit_claim.", call.now()));
  const v1::BenefitRule* rule = BenefitRuleOn(*rules_, claim.benefit(), EventDay(claim));
  if (rule == nullptr) {
    return Refuse(rules::kNotInForce,
                  "No rule of the benefit is known to have applied on the day of the event.");
  }
  ACCORD_RETURN_IF_ERROR(CheckSought(tx, *rule, claim, "benefit_claim.", today));
  claim.set_name(absl::StrCat("agencies/", call.caller().agency, "/benefitClaims/", NewId(call.now())));
  claim.set_support_case(of.name());
  claim.set_consent(consent.name());
  claim.set_asked_agency(consent.recipient_agency());
  claim.set_benefit_version(rule->version());
  claim.set_rule_set(RulesDigest(*rules_));
  claim.set_state(v1::BENEFIT_CLAIM_STATE_REQUESTED);
  claim.set_requested_on(today);
  claim.set_expires_on(consent.expires_on());
  if (rule->has_decision_business_days()) {
    claim.set_decide_by(FormatDay(AddBusinessDays(day, rule->decision_business_days())));
  }
  ACCORD_RETURN_IF_ERROR(NoteConcerns(tx, *rule, of, &claim));
  ACCORD_RETURN_IF_ERROR(claims_.Insert(tx, &claim, write, PlacementOf(claim)));
  ACCORD_RETURN_IF_ERROR(
      PutAskedClaim(tx, {claim.name(), consent.name(), claim.asked_agency(), claim.expires_on()}));
  ACCORD_RETURN_IF_ERROR(PutSoughtClaim(tx, SoughtBy(claim)));
  return claim;
}

BenefitClaimService::Result BenefitClaimService::Get(host::Call& call, Tx& tx,
                                                     const v1::GetBenefitClaimRequest& request) {
  BenefitClaim claim;
  ACCORD_RETURN_IF_ERROR(ReadClaim(call, tx, &cases_, &claims_, request.name(), &claim));
  return ClaimFor(call, std::move(claim));
}

BenefitClaimService::Page BenefitClaimService::List(host::Call& call, Tx& tx,
                                                    const v1::ListBenefitClaimsRequest& request) {
  ACCORD_RETURN_IF_ERROR(storage::PageSize(request.page_size()).status());
  const Caller& caller = call.caller();
  storage::ListQuery query{caller.agency, {}, request.page_size(), request.page_token(), ""};
  if (!request.support_case().empty()) {
    v1::SupportCase of;
    ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(caller, tx, &cases_, request.support_case(), &of));
    query.filters = {{"case", of.name()}};
  } else if (caller.Has(annotations::v1::ROLE_VS_MANAGER)) {
    query.prefix = absl::StrCat("agencies/", caller.agency, "/benefitClaims/");
  } else {
    // Each page asks again which consents stand: a withdrawn one is on no later page. Only the program
    // is asked.
    const bool program = caller.Has(annotations::v1::ROLE_OVS_PROGRAM);
    query.viewer = absl::StrCat("#asked/", caller.agency);
    query.names = [asked = program ? caller.agency : "", today = FormatDay(OntarioDay(call.now()))](
                      const storage::Bind& bind, const std::string& after, int limit) {
      return AskedSql(asked, today, bind, after, limit);
    };
  }
  ACCORD_ASSIGN_OR_RETURN(
      auto response, claims_.ListInto(tx, query, &v1::ListBenefitClaimsResponse::mutable_benefit_claims));
  for (BenefitClaim& each : *response.mutable_benefit_claims()) each = ClaimFor(call, std::move(each));
  return response;
}

BenefitClaimService::Result BenefitClaimService::Keep(const host::Call& call, Tx& tx,
                                                      const storage::Write& write, const std::string& etag,
                                                      BenefitClaim claim) {
  ACCORD_RETURN_IF_ERROR(claims_.Update(tx, &claim, etag, write, PlacementOf(claim)));
  return ClaimFor(call, std::move(claim));
}

absl::Status BenefitClaimService::Correct(const host::Call& call, Tx& tx,
                                          const v1::CompleteBenefitClaimRequest& request, BenefitClaim* claim,
                                          const v1::BenefitRule** rule) {
  const bool moved = !request.event_on().empty();
  if (moved) {
    claim->set_event_on(request.event_on());
    claim->set_event_until(request.event_until());
    ACCORD_RETURN_IF_ERROR(CheckEvent(*claim, "", call.now()));
  } else if (!request.event_until().empty()) {
    return RefuseFields({{"event_until", "goes with event_on, which is the first day"}});
  }
  if (request.has_payee()) *claim->mutable_payee() = request.payee();
  if (request.has_amount_requested_cents()) {
    claim->set_amount_requested_cents(request.amount_requested_cents());
  }
  if (!request.facility().empty()) claim->set_facility(request.facility());
  *rule = moved ? BenefitRuleOn(*rules_, claim->benefit(), EventDay(*claim))
                : BenefitRuleNamed(*rules_, claim->benefit(), claim->benefit_version());
  if (*rule == nullptr) {
    return Refuse(rules::kNotInForce,
                  moved ? "No rule of the benefit is known to have applied on the day of the event."
                        : "The rule set has this version of the rule no more.");
  }
  if (!moved && !request.has_payee() && !request.has_amount_requested_cents() && request.facility().empty()) {
    return absl::OkStatus();
  }
  return CheckSought(tx, **rule, *claim, "", FormatDay(OntarioDay(call.now())));
}

void BenefitClaimService::GoOn(const v1::BenefitRule& rule, absl::CivilDay day, BenefitClaim* claim) {
  // Where another version applies, its whole time begins.
  const bool other = claim->benefit_version() != rule.version();
  const int left = other ? rule.decision_business_days() : claim->business_days_left();
  claim->clear_business_days_left();
  if (rule.has_decision_business_days()) {
    claim->set_decide_by(FormatDay(left > 0 ? AddBusinessDays(day, left) : day));
  }
  if (!other) return;
  claim->set_benefit_version(rule.version());
  claim->set_rule_set(RulesDigest(*rules_));
}

BenefitClaimService::Result BenefitClaimService::Complete(host::Call& call, Tx& tx,
                                                          const storage::Write& write,
                                                          const v1::CompleteBenefitClaimRequest& request) {
  BenefitClaim claim;
  ACCORD_RETURN_IF_ERROR(ReadClaim(call, tx, &cases_, &claims_, request.name(), &claim));
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &cases_, claim.support_case(), &of));
  const absl::CivilDay day = OntarioDay(call.now());
  const std::string today = FormatDay(day);
  if (!RestsOnConsent(claim, today)) {
    return Refuse(rules::kConsentNotLive, "The survivor's consent to this claim does not stand.");
  }
  ACCORD_ASSIGN_OR_RETURN(const int next, BenefitClaimLifecycle().Next(claim.state(), "complete"));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  const v1::BenefitRule* rule = nullptr;
  ACCORD_RETURN_IF_ERROR(Correct(call, tx, request, &claim, &rule));
  if (!request.extension_reason().empty()) claim.set_extension_reason(request.extension_reason());
  if (request.residual_need_declared()) claim.set_residual_need_declared(true);
  if (request.charged() != v1::CHARGED_IN_RELATION_UNSPECIFIED) claim.set_charged(request.charged());
  ACCORD_RETURN_IF_ERROR(NoteConcerns(tx, *rule, of, &claim));
  // The claim is found by what it is for now, and no longer by what it was for before.
  ACCORD_RETURN_IF_ERROR(DropSoughtClaim(tx, claim.name()));
  ACCORD_RETURN_IF_ERROR(PutSoughtClaim(tx, SoughtBy(claim)));
  GoOn(*rule, day, &claim);
  claim.set_state(static_cast<v1::BenefitClaimState>(next));
  AddStep(&claim, call.caller().agency, call.now(), "complete");
  return Keep(call, tx, write, request.etag(), std::move(claim));
}

BenefitClaimService::Result BenefitClaimService::Cancel(host::Call& call, Tx& tx, const storage::Write& write,
                                                        const v1::CancelBenefitClaimRequest& request) {
  BenefitClaim claim;
  ACCORD_RETURN_IF_ERROR(ReadClaim(call, tx, &cases_, &claims_, request.name(), &claim));
  ACCORD_ASSIGN_OR_RETURN(const int next, BenefitClaimLifecycle().Next(claim.state(), "cancel"));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  ACCORD_RETURN_IF_ERROR(FreeClaim(tx, claim));
  claim.set_state(static_cast<v1::BenefitClaimState>(next));
  AddStep(&claim, call.caller().agency, call.now(), "cancel")->set_reason(request.reason());
  return Keep(call, tx, write, request.etag(), std::move(claim));
}

}  // namespace accord::supports
