// These are the handlers of ReferralService that move a referral through its lifecycle.
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "common/base/error.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/oversight/emergency_service.h"
#include "services/protocols/referrals/referral_checks.h"
#include "services/protocols/referrals/referral_family.h"
#include "services/protocols/referrals/referral_late_entries.h"
#include "services/protocols/referrals/referral_queries.h"
#include "services/protocols/referrals/referral_service.h"

namespace accord::protocols {
namespace {

using v1::Referral;

bool Investigates(v1::ReferralState state) {
  return state == v1::REFERRAL_STATE_JOINT || state == v1::REFERRAL_STATE_CAS_LEAD ||
         state == v1::REFERRAL_STATE_POLICE_LEAD;
}

}  // namespace

ReferralService::Result ReferralService::Acknowledge(host::Call& call, Tx& tx, const storage::Write& write,
                                                     const v1::AcknowledgeReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, request.name(), "acknowledge"));
  ACCORD_ASSIGN_OR_RETURN(*referral.mutable_acknowledged_at(),
                          HappenedAt(v1::REFERRAL_ACT_ACKNOWLEDGE, request, call, &referral));
  referral.set_acknowledged_by(call.caller().actor);
  return Keep(tx, write, request.etag(), std::move(referral));
}

ReferralService::Result ReferralService::Screen(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::ScreenReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, request.name(), ScreenEvent(request.outcome())));
  const auto& law = rules_->Age(referral.age_band(), *ParseDay(referral.event_date()));
  const bool to_society = call.caller().kind == annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY;
  const bool eligible = Eligible(law, referral.existing_order());
  const bool takes_protection =
      request.outcome() == v1::REFERRAL_STATE_JOINT || request.outcome() == v1::REFERRAL_STATE_CAS_LEAD;
  if (to_society && !eligible && takes_protection) {
    return Refuse(
        rules::kNotEligibleCfsa,
        "The law of event_date gives this person no protection services without an existing order: screen "
        "as not_eligible_cfsa and offer a service referral.");
  }
  if (request.outcome() == v1::REFERRAL_STATE_NOT_ELIGIBLE_CFSA && (!to_society || eligible)) {
    return Refuse(rules::kEligible, "The law of event_date does not exclude this person.");
  }
  ACCORD_RETURN_IF_ERROR(CheckCommunityNotice(referral));
  referral.set_service_referral_offer_required(request.outcome() == v1::REFERRAL_STATE_NOT_ELIGIBLE_CFSA);
  referral.set_outcome_reason(request.reason());
  ACCORD_ASSIGN_OR_RETURN(*referral.mutable_screened_at(),
                          HappenedAt(v1::REFERRAL_ACT_SCREEN, request, call, &referral));
  referral.set_screened_by(call.caller().actor);
  return Keep(tx, write, request.etag(), std::move(referral));
}

ReferralService::Result ReferralService::Close(host::Call& call, Tx& tx, const storage::Write& write,
                                               const v1::CloseReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(const Referral before, Visible(call, tx, request.name()));
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, request.name(), "close"));
  ACCORD_RETURN_IF_ERROR(CheckCommunityNotice(referral));
  if (referral.service_referral_offer_required() && request.supports_offered().empty()) {
    return Refuse(rules::kSupportOfferRequired,
                  "Who is not eligible is offered a service referral: record it in supports_offered.");
  }
  const bool found = request.investigation_outcome() != v1::INVESTIGATION_OUTCOME_UNSPECIFIED;
  if (Investigates(before.state()) != found) {
    return Refuse(rules::kInvestigationOutcome,
                  "What an investigation found is recorded at its close, and only then.");
  }
  // A referral that was reopened and then screened to another state still names its joint investigation, so
  // the state is asked as well.
  if (before.state() == v1::REFERRAL_STATE_JOINT && !referral.joint_investigation().empty()) {
    v1::JointInvestigation joint;
    ACCORD_RETURN_IF_ERROR(investigations_.GetAny(tx, referral.joint_investigation(), &joint));
    if (joint.state() != v1::JOINT_INVESTIGATION_STATE_CONCLUDED ||
        joint.outcome() != request.investigation_outcome()) {
      return Refuse(rules::kJointInvestigationOpen,
                    "Conclude the joint investigation first, and close with the outcome that it found.");
    }
  }
  *referral.mutable_supports_offered() = request.supports_offered();
  referral.set_outcome(request.investigation_outcome());
  return Keep(tx, write, request.etag(), std::move(referral));
}

ReferralService::Result ReferralService::Reject(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::RejectReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, request.name(), "reject"));
  ACCORD_RETURN_IF_ERROR(CheckNoDutyToReport(referral));
  referral.set_end_reason(request.reason());
  return Keep(tx, write, request.etag(), std::move(referral));
}

ReferralService::Result ReferralService::Revoke(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::RevokeReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, request.name(), "revoke"));
  ACCORD_RETURN_IF_ERROR(CheckNoDutyToReport(referral));
  referral.set_end_reason(request.reason());
  return Keep(tx, write, request.etag(), std::move(referral));
}

}  // namespace accord::protocols
