#include "services/supports/benefits/benefit_claim_service.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/business_days.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "services/supports/benefits/benefit_lifecycles.h"
#include "services/supports/benefits/benefit_payment_service.h"
#include "services/supports/benefits/benefit_rules.h"
#include "services/supports/benefits/claim_access.h"
#include "services/supports/benefits/claim_steps.h"
#include "services/supports/benefits/claim_store.h"
#include "services/supports/benefits/paid_invoice_store.h"
#include "services/supports/benefits/payee_keys.h"
#include "services/supports/case_access.h"
#include "services/supports/consent_rules.h"
#include "services/supports/facilities/facility_service.h"
#include "services/supports/place_check.h"

namespace accord::supports {
namespace {

using v1::BenefitClaim;

SoughtClaim SoughtClaimOf(const BenefitClaim& claim) {
  return {claim.name(),     claim.support_case(),  BenefitWord(claim.benefit()),
          claim.event_on(), LastDayOfEvent(claim), PayeeKeysOf(claim.payee())};
}

bool IsClaimInTime(const v1::BenefitRule& rule, const BenefitClaim& claim) {
  const auto event = ParseDay(LastDayOfEvent(claim));
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
  if (!IsClaimInTime(rule, *claim)) claim->add_concerns(v1::CLAIM_CONCERN_WINDOW_MISSED);
  if (claim->charged() != v1::CHARGED_IN_RELATION_NO) claim->add_concerns(v1::CLAIM_CONCERN_CHARGED);
  if (of.reported_to() == v1::REPORTED_TO_UNSPECIFIED || of.reported_to() == v1::REPORTED_TO_NOT_REPORTED) {
    claim->add_concerns(v1::CLAIM_CONCERN_NOT_REPORTED);
  }
  ACCORD_ASSIGN_OR_RETURN(const bool twice, IsSoughtTwice(tx, SoughtClaimOf(*claim)));
  if (twice) claim->add_concerns(v1::CLAIM_CONCERN_POSSIBLE_DUPLICATE);
  return absl::OkStatus();
}

absl::Status BenefitClaimService::CheckFacility(Tx& tx, const v1::BenefitRule& rule,
                                                const BenefitClaim& claim, const std::string& day) {
  if (!rule.needs_approved_facility()) return absl::OkStatus();
  v1::Facility facility;
  const absl::Status found = facilities_.GetAny(tx, claim.facility(), &facility);
  if (!found.ok() && !absl::IsNotFound(found)) return found;
  if (found.ok() && IsFacilityApprovedOn(facility, day)) return absl::OkStatus();
  return Refuse(rules::kFacilityNotApproved, "Name a facility that is approved on this day.");
}

absl::Status BenefitClaimService::CheckSoughtBenefit(Tx& tx, const v1::BenefitRule& rule,
                                                     const BenefitClaim& claim, const std::string& in,
                                                     const std::string& day) {
  ACCORD_RETURN_IF_ERROR(CheckBenefitPayee(rule, claim.payee()));
  ACCORD_RETURN_IF_ERROR(CheckBenefitAmount(in + "amount_requested_cents", claim.amount_requested_cents(),
                                            rules_->max_amount_cents()));
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
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &cases_, SupportCaseOf(consent.name()), &of));
  const absl::CivilDay day = OntarioDay(call.now());
  const std::string today = FormatDay(day);
  if (consent.purpose() != v1::CONSENT_PURPOSE_BENEFIT_CLAIM || !IsConsentLive(consent, today)) {
    return Refuse(rules::kConsentNotLive, "The survivor's consent to this claim does not stand.");
  }
  ACCORD_RETURN_IF_ERROR(SupportClaimingLifecycle().Next(of.state(), "claim").status());
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  BenefitClaim claim = request.benefit_claim();
  ACCORD_RETURN_IF_ERROR(CheckBenefitEvent(claim, "benefit_claim.", call.now()));
  const v1::BenefitRule* rule = BenefitRuleOn(*rules_, claim.benefit(), LastDayOfEvent(claim));
  if (rule == nullptr) {
    return Refuse(rules::kNotInForce,
                  "No rule of the benefit is known to have applied on the day of the event.");
  }
  ACCORD_RETURN_IF_ERROR(CheckSoughtBenefit(tx, *rule, claim, "benefit_claim.", today));
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
  ACCORD_RETURN_IF_ERROR(claims_.Insert(tx, &claim, write, BenefitClaimPlacement(claim)));
  ACCORD_RETURN_IF_ERROR(
      PutAskedClaim(tx, {claim.name(), consent.name(), claim.asked_agency(), claim.expires_on()}));
  ACCORD_RETURN_IF_ERROR(PutSoughtClaim(tx, SoughtClaimOf(claim)));
  return claim;
}

BenefitClaimService::Result BenefitClaimService::Get(host::Call& call, Tx& tx,
                                                     const v1::GetBenefitClaimRequest& request) {
  BenefitClaim claim;
  ACCORD_RETURN_IF_ERROR(ReadClaim(call, tx, &cases_, &claims_, request.name(), &claim));
  return ClaimShownTo(call, std::move(claim));
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
    // Each page asks again which consents stand, so a withdrawn one is on no later page. Only a program has
    // claims that it was asked to decide.
    const bool program = caller.Has(annotations::v1::ROLE_OVS_PROGRAM);
    query.viewer = absl::StrCat("#asked/", caller.agency);
    query.names = [asked = program ? caller.agency : "", today = FormatDay(OntarioDay(call.now()))](
                      const storage::Bind& bind, const std::string& after, int limit) {
      return AskedClaimsSql(asked, today, bind, after, limit);
    };
  }
  ACCORD_ASSIGN_OR_RETURN(
      auto response, claims_.ListInto(tx, query, &v1::ListBenefitClaimsResponse::mutable_benefit_claims));
  for (BenefitClaim& each : *response.mutable_benefit_claims()) each = ClaimShownTo(call, std::move(each));
  return response;
}

BenefitClaimService::Result BenefitClaimService::Keep(const host::Call& call, Tx& tx,
                                                      const storage::Write& write, const std::string& etag,
                                                      BenefitClaim claim) {
  ACCORD_RETURN_IF_ERROR(claims_.Update(tx, &claim, etag, write, BenefitClaimPlacement(claim)));
  return ClaimShownTo(call, std::move(claim));
}

absl::Status BenefitClaimService::ApplyCorrections(const host::Call& call, Tx& tx,
                                                   const v1::CompleteBenefitClaimRequest& request,
                                                   BenefitClaim* claim, const v1::BenefitRule** rule) {
  const bool moved = !request.event_on().empty();
  if (moved) {
    claim->set_event_on(request.event_on());
    claim->set_event_until(request.event_until());
    ACCORD_RETURN_IF_ERROR(CheckBenefitEvent(*claim, "", call.now()));
  } else if (!request.event_until().empty()) {
    return RefuseFields({{"event_until", "goes with event_on, which is the first day"}});
  }
  if (request.has_payee()) *claim->mutable_payee() = request.payee();
  if (request.has_amount_requested_cents()) {
    claim->set_amount_requested_cents(request.amount_requested_cents());
  }
  if (!request.facility().empty()) claim->set_facility(request.facility());
  *rule = moved ? BenefitRuleOn(*rules_, claim->benefit(), LastDayOfEvent(*claim))
                : BenefitRuleNamed(*rules_, claim->benefit(), claim->benefit_version());
  if (*rule == nullptr) {
    return Refuse(rules::kNotInForce,
                  moved ? "No rule of the benefit is known to have applied on the day of the event."
                        : "The rule set has this version of the rule no more.");
  }
  if (!moved && !request.has_payee() && !request.has_amount_requested_cents() && request.facility().empty()) {
    return absl::OkStatus();
  }
  return CheckSoughtBenefit(tx, **rule, *claim, "", FormatDay(OntarioDay(call.now())));
}

void BenefitClaimService::ResumeTimeToDecide(const v1::BenefitRule& rule, absl::CivilDay day,
                                             BenefitClaim* claim) {
  // If another version of the rule applies, its whole time to decide begins anew.
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
  if (!ClaimRestsOnConsent(claim, today)) {
    return Refuse(rules::kConsentNotLive, "The survivor's consent to this claim does not stand.");
  }
  ACCORD_ASSIGN_OR_RETURN(const int next, BenefitClaimLifecycle().Next(claim.state(), "complete"));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  const v1::BenefitRule* rule = nullptr;
  ACCORD_RETURN_IF_ERROR(ApplyCorrections(call, tx, request, &claim, &rule));
  if (!request.extension_reason().empty()) claim.set_extension_reason(request.extension_reason());
  if (request.residual_need_declared()) claim.set_residual_need_declared(true);
  if (request.charged() != v1::CHARGED_IN_RELATION_UNSPECIFIED) claim.set_charged(request.charged());
  ACCORD_RETURN_IF_ERROR(NoteConcerns(tx, *rule, of, &claim));
  // The claim is found by what it is for now, and no longer by what it was for before.
  ACCORD_RETURN_IF_ERROR(DropSoughtClaim(tx, claim.name()));
  ACCORD_RETURN_IF_ERROR(PutSoughtClaim(tx, SoughtClaimOf(claim)));
  ResumeTimeToDecide(*rule, day, &claim);
  claim.set_state(static_cast<v1::BenefitClaimState>(next));
  AddClaimStep(&claim, call.caller().agency, call.now(), "complete");
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
  AddClaimStep(&claim, call.caller().agency, call.now(), "cancel")->set_reason(request.reason());
  return Keep(call, tx, write, request.etag(), std::move(claim));
}

BenefitClaimService::Result BenefitClaimService::Deliver(host::Call& call, Tx& tx,
                                                         const storage::Write& write,
                                                         const v1::DeliverBenefitClaimRequest& request) {
  BenefitClaim claim;
  ACCORD_RETURN_IF_ERROR(ReadClaim(call, tx, &cases_, &claims_, request.name(), &claim));
  ACCORD_ASSIGN_OR_RETURN(const int next, BenefitClaimLifecycle().Next(claim.state(), "deliver"));
  ACCORD_RETURN_IF_ERROR(CheckNoPlace(request));
  ACCORD_RETURN_IF_ERROR(
      CheckBenefitAmount("amount_cents", request.amount_cents(), claim.amount_approved_cents()));
  // Those who pay would refuse the invoice, and the survivor's worker can ask the provider for
  // another number.
  ACCORD_ASSIGN_OR_RETURN(const bool paid,
                          IsInvoicePaid(tx, PayeeKeysOf(claim.payee()), request.invoice_ref()));
  if (paid) return Refuse(rules::kInvoiceKnown, "This payee's invoice of this number is paid already.");
  v1::BenefitPayment payment;
  payment.set_name(
      absl::StrCat("agencies/", rules_->paying_agency(), "/benefitPayments/", NewId(call.now())));
  payment.set_claim(claim.name());
  payment.set_for_agency(call.caller().agency);
  payment.set_benefit(claim.benefit());
  *payment.mutable_payee() = claim.payee();
  payment.set_amount_cents(request.amount_cents());
  payment.set_invoice_ref(request.invoice_ref());
  payment.set_fund_line(claim.fund_line());
  payment.set_state(v1::BENEFIT_PAYMENT_STATE_DUE);
  ACCORD_RETURN_IF_ERROR(payments_.Insert(tx, &payment, write, BenefitPaymentPlacement(payment)));
  claim.set_payment(payment.name());
  claim.set_state(static_cast<v1::BenefitClaimState>(next));
  AddClaimStep(&claim, call.caller().agency, call.now(), "deliver");
  return Keep(call, tx, write, request.etag(), std::move(claim));
}

}  // namespace accord::supports
