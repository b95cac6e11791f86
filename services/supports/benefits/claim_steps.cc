#include "services/supports/benefits/claim_steps.h"

#include <algorithm>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/supports/benefits/benefit_account_store.h"
#include "services/supports/benefits/benefit_lifecycles.h"
#include "services/supports/benefits/benefit_rules.h"
#include "services/supports/benefits/claim_access.h"
#include "services/supports/benefits/claim_store.h"
#include "services/supports/benefits/fund_line_store.h"

namespace accord::supports {
namespace {

// This tells whether something was delivered, which is owed to the provider even after the invoice was
// sent back.
bool IsClaimOwed(const v1::BenefitClaim& claim) {
  return std::any_of(claim.decisions().begin(), claim.decisions().end(),
                     [](const v1::BenefitDecision& step) { return step.event() == "deliver"; });
}

}  // namespace

v1::BenefitDecision* AddClaimStep(v1::BenefitClaim* claim, const std::string& agency, absl::Time now,
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
  ACCORD_RETURN_IF_ERROR(GiveBackToBenefitAccount(tx, claim.support_case(), BenefitWord(claim.benefit()),
                                                  claim.amount_approved_cents()));
  if (claim.fund_line().empty()) return absl::OkStatus();
  return ReleaseToFundLine(tx, claim.fund_line(), claim.amount_approved_cents());
}

absl::Status EndClaimsUnderConsent(storage::Transaction& tx, const storage::Write& write,
                                   storage::Resources* claims, const std::string& consent,
                                   const std::string& step) {
  ACCORD_ASSIGN_OR_RETURN(const auto names, ClaimsUnderConsent(tx, consent));
  for (const std::string& name : names) {
    v1::BenefitClaim claim;
    ACCORD_RETURN_IF_ERROR(claims->GetAny(tx, name, &claim));
    claim.set_consent_withdrawn(true);
    const auto next = BenefitClaimLifecycle().Next(claim.state(), "cancel");
    if (next.ok() && !IsClaimOwed(claim)) {
      ACCORD_RETURN_IF_ERROR(FreeClaim(tx, claim));
      claim.set_state(static_cast<v1::BenefitClaimState>(*next));
      AddClaimStep(&claim, write.agency, write.now, step);
    }
    const std::string etag = claim.etag();
    ACCORD_RETURN_IF_ERROR(claims->Update(tx, &claim, etag, write, BenefitClaimPlacement(claim)));
    ACCORD_RETURN_IF_ERROR(HideAskedClaim(tx, name));
  }
  return absl::OkStatus();
}

}  // namespace accord::supports
