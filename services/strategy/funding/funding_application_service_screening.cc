// This screens applications for eligibility, and determines the applicants of applications on paper.
#include <utility>

#include "common/base/error.h"
#include "services/strategy/funding/application_in_call.h"
#include "services/strategy/funding/application_rules.h"
#include "services/strategy/funding/funding_application_service.h"
#include "services/strategy/lifecycles.h"

namespace accord::strategy {

absl::Status FundingApplicationService::IdentifyApplicantAtScreening(
    const Caller& caller, Tx& tx, const v1::ScreenFundingApplicationRequest& request,
    v1::FundingApplication* application) {
  if (request.organisation().empty() && request.applicant_agency().empty()) return absl::OkStatus();
  if (!application->has_received_at()) {
    return RefuseFields({{request.organisation().empty() ? "applicant_agency" : "organisation",
                          "must be left out: an agency applies under its own name"}});
  }
  if (!request.organisation().empty()) application->set_organisation(request.organisation());
  if (!request.applicant_agency().empty()) application->set_applicant_agency(request.applicant_agency());
  ACCORD_RETURN_IF_ERROR(IdentifyApplicant(caller, tx, application));
  return applicants_.StopReaders(tx, *application);
}

FundingApplicationService::Result FundingApplicationService::Screen(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::ScreenFundingApplicationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(ApplicationInCall pair,
                          Moved(call, tx, request.name(), kFindEligible, v1::FUNDING_CALL_STATE_CLOSED));
  ACCORD_RETURN_IF_ERROR(CheckApplicationFindings(pair.funding_call, request));
  ACCORD_RETURN_IF_ERROR(IdentifyApplicantAtScreening(call.caller(), tx, request, &pair.application));
  bool met = true;
  for (const v1::EligibilityFinding& finding : request.findings()) met = met && finding.met();
  *pair.application.mutable_findings() = request.findings();
  pair.application.set_ineligible_proposed(!met);
  // Until a second person has confirmed it, nothing is decided against the organisation.
  if (!met) pair.application.set_state(v1::FUNDING_APPLICATION_STATE_SUBMITTED);
  return Keep(tx, write, request.etag(), std::move(pair.application));
}

FundingApplicationService::Result FundingApplicationService::ConfirmIneligible(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::ConfirmFundingApplicationIneligibleRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(ApplicationInCall pair,
                          Moved(call, tx, request.name(), kConfirmIneligible, v1::FUNDING_CALL_STATE_CLOSED));
  if (!pair.application.ineligible_proposed()) {
    return Refuse(rules::kNothingProposed, "Somebody finds first that a line is not met.");
  }
  return Keep(tx, write, request.etag(), std::move(pair.application));
}

FundingApplicationService::Result FundingApplicationService::Review(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::ReviewFundingApplicationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(ApplicationInCall pair,
                          Moved(call, tx, request.name(), kReview, v1::FUNDING_CALL_STATE_CLOSED));
  pair.application.set_ineligible_proposed(false);
  pair.application.set_state_reason(request.reason());
  return Keep(tx, write, request.etag(), std::move(pair.application));
}

}  // namespace accord::strategy
