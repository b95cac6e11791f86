#include "services/supports/benefits/claim_access.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/supports/case_access.h"

namespace accord::supports {

bool ClaimRestsOnConsent(const v1::BenefitClaim& claim, const std::string& day) {
  return !claim.consent_withdrawn() && day <= claim.expires_on();
}

storage::Placement BenefitClaimPlacement(const v1::BenefitClaim& claim) {
  storage::Placement placement;
  placement.owner = OwnerOf(claim.name());
  placement.state = ShortName(v1::BenefitClaimState_descriptor(), claim.state());
  // The handlers check who works in the case, and whether the consent's last day has passed.
  placement.parties = {placement.owner};
  if (!claim.consent_withdrawn()) placement.parties.push_back(claim.asked_agency());
  // Only the agency may find the claim by its case.
  placement.fields[absl::StrCat("case@", placement.owner)] = claim.support_case();
  return placement;
}

absl::Status ReadClaim(const host::Call& call, storage::Transaction& tx, storage::Resources* cases,
                       storage::Resources* claims, const std::string& name, v1::BenefitClaim* out) {
  v1::BenefitClaim found;
  ACCORD_RETURN_IF_ERROR(claims->GetAny(tx, name, &found));
  const Caller& caller = call.caller();
  if (OwnerOf(name) != caller.agency) {
    const bool asked = found.asked_agency() == caller.agency && caller.Has(annotations::v1::ROLE_OVS_PROGRAM);
    if (!asked || !ClaimRestsOnConsent(found, FormatDay(OntarioDay(call.now())))) return NotFound();
  } else if (!caller.Has(annotations::v1::ROLE_VS_MANAGER)) {
    v1::SupportCase of;
    ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(caller, tx, cases, found.support_case(), &of));
  }
  *out = std::move(found);
  return absl::OkStatus();
}

v1::BenefitClaim ClaimShownTo(const host::Call& call, v1::BenefitClaim claim) {
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

}  // namespace accord::supports
