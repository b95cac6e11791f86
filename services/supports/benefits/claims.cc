#include "services/supports/benefits/claims.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/folded.h"
#include "common/base/name_key.h"
#include "services/supports/benefits/benefit_lifecycles.h"
#include "services/supports/benefits/benefit_rules.h"
#include "services/supports/benefits/fund_line_store.h"
#include "services/supports/team.h"

namespace accord::supports {

bool RestsOnConsent(const v1::BenefitClaim& claim, const std::string& day) {
  return !claim.consent_withdrawn() && day <= claim.expires_on();
}

storage::Placement PlacementOf(const v1::BenefitClaim& claim) {
  storage::Placement placement;
  placement.owner = OwnerOf(claim.name());
  placement.state = ShortName(v1::BenefitClaimState_descriptor(), claim.state());
  // The handlers ask who works in the case, and whether the consent's last day has passed.
  placement.parties = {placement.owner};
  if (!claim.consent_withdrawn()) placement.parties.push_back(claim.asked_agency());
  // By which case it is found is the agency's alone to know.
  placement.fields[absl::StrCat("case@", placement.owner)] = claim.support_case();
  return placement;
}

storage::Placement PlacementOf(const v1::BenefitPayment& payment) {
  storage::Placement placement;
  placement.owner = OwnerOf(payment.name());
  placement.state = ShortName(v1::BenefitPaymentState_descriptor(), payment.state());
  placement.parties = {placement.owner};
  return placement;
}

absl::Status ReadClaim(const host::Call& call, storage::Transaction& tx, storage::Resources* cases,
                       storage::Resources* claims, const std::string& name, v1::BenefitClaim* out) {
  v1::BenefitClaim found;
  ACCORD_RETURN_IF_ERROR(claims->GetAny(tx, name, &found));
  const Caller& caller = call.caller();
  if (OwnerOf(name) != caller.agency) {
    const bool asked = found.asked_agency() == caller.agency && caller.Has(annotations::v1::ROLE_OVS_PROGRAM);
    if (!asked || !RestsOnConsent(found, FormatDay(OntarioDay(call.now())))) return NotFound();
  } else if (!caller.Has(annotations::v1::ROLE_VS_MANAGER)) {
    v1::SupportCase of;
    ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(caller, tx, cases, found.support_case(), &of));
  }
  *out = std::move(found);
  return absl::OkStatus();
}

v1::BenefitClaim ClaimFor(const host::Call& call, v1::BenefitClaim claim) {
  const bool undecided =
      claim.state() == v1::BENEFIT_CLAIM_STATE_REQUESTED || claim.state() == v1::BENEFIT_CLAIM_STATE_ELIGIBLE;
  claim.set_overdue(undecided && !claim.decide_by().empty() &&
                    claim.decide_by() < FormatDay(OntarioDay(call.now())));
  if (OwnerOf(claim.name()) != call.caller().agency) {
    claim.clear_support_case();
    claim.clear_consent();
    claim.clear_facility();
  }
  return claim;
}

v1::BenefitDecision* AddStep(v1::BenefitClaim* claim, const std::string& agency, absl::Time now,
                             const std::string& event) {
  auto* step = claim->add_decisions();
  step->set_event(event);
  step->set_on(FormatDay(OntarioDay(now)));
  step->set_by_agency(agency);
  return step;
}

absl::Status FreeClaim(storage::Transaction& tx, const v1::BenefitClaim& claim) {
  ACCORD_RETURN_IF_ERROR(DropSoughtClaim(tx, claim.name()));
  if (claim.state() != v1::BENEFIT_CLAIM_STATE_APPROVED) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(
      GiveBackBenefit(tx, claim.support_case(), BenefitWord(claim.benefit()), claim.amount_approved_cents()));
  if (claim.fund_line().empty()) return absl::OkStatus();
  return ReleaseFund(tx, claim.fund_line(), claim.amount_approved_cents());
}

namespace {

// What was delivered is owed to the provider, also after the invoice was sent back.
bool IsOwed(const v1::BenefitClaim& claim) {
  return std::any_of(claim.decisions().begin(), claim.decisions().end(),
                     [](const v1::BenefitDecision& step) { return step.event() == "deliver"; });
}

}  // namespace

absl::Status EndClaimsOn(storage::Transaction& tx, const storage::Write& write, storage::Resources* claims,
                         const std::string& consent, const std::string& step) {
  ACCORD_ASSIGN_OR_RETURN(const auto names, ClaimsOn(tx, consent));
  for (const std::string& name : names) {
    v1::BenefitClaim claim;
    ACCORD_RETURN_IF_ERROR(claims->GetAny(tx, name, &claim));
    claim.set_consent_withdrawn(true);
    const auto next = BenefitClaimLifecycle().Next(claim.state(), "cancel");
    if (next.ok() && !IsOwed(claim)) {
      ACCORD_RETURN_IF_ERROR(FreeClaim(tx, claim));
      claim.set_state(static_cast<v1::BenefitClaimState>(*next));
      AddStep(&claim, write.agency, write.now, step);
    }
    const std::string etag = claim.etag();
    ACCORD_RETURN_IF_ERROR(claims->Update(tx, &claim, etag, write, PlacementOf(claim)));
    ACCORD_RETURN_IF_ERROR(HideAskedClaim(tx, name));
  }
  return absl::OkStatus();
}

PayeeKeys PayeeKeysOf(const v1::Payee& payee) {
  if (payee.kind() == v1::PAYEE_KIND_VICTIM) return {"victim", "victim"};
  const std::string before = FoldedBefore(payee.provider());
  // Nor does it matter where a name has its spaces: `Locksmith` is `Lock-smith`.
  return {absl::StrCat("provider ", NumberKey(payee.provider())),
          absl::StrCat("provider ", absl::StripAsciiWhitespace(before))};
}

}  // namespace accord::supports
