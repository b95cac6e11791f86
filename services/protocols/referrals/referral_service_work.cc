// This is the work on a referral: how receiver and sender move it, correct it, assign it and mark it.
#include <google/protobuf/util/field_mask_util.h>

#include <set>

#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/host/calls/earlier_step.h"
#include "common/host/calls/update_mask.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/parties.h"
#include "services/protocols/referrals/referral_amendments.h"
#include "services/protocols/referrals/referral_checks.h"
#include "services/protocols/referrals/referral_late_entries.h"
#include "services/protocols/referrals/referral_service.h"

namespace accord::protocols {
namespace {

using v1::Referral;

absl::Status NotADuty(const Referral& referral) {
  if (referral.kind() != v1::REFERRAL_KIND_DUTY_TO_REPORT) return absl::OkStatus();
  return Refuse(rules::kDutyToReportStands,
                "A duty to report can be corrected, never taken back or declined.");
}

bool Investigates(v1::ReferralState state) {
  return state == v1::REFERRAL_STATE_JOINT || state == v1::REFERRAL_STATE_CAS_LEAD ||
         state == v1::REFERRAL_STATE_POLICE_LEAD;
}

absl::Status Advance(Referral* referral, const std::string& event) {
  ACCORD_ASSIGN_OR_RETURN(int next, ReferralLifecycle().Next(referral->state(), event));
  referral->set_state(static_cast<v1::ReferralState>(next));
  return absl::OkStatus();
}

}  // namespace

ReferralService::Result ReferralService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                               const std::string& event) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Visible(call, tx, name));
  if (const absl::Status moved = Advance(&referral, event); !moved.ok()) {
    return host::ExplainRefusedStep(moved, ReferralLifecycle(), event, call.caller(), tx, &referrals_,
                                    referral);
  }
  return referral;
}

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
  ACCORD_RETURN_IF_ERROR(NotADuty(referral));
  referral.set_end_reason(request.reason());
  return Keep(tx, write, request.etag(), std::move(referral));
}

ReferralService::Result ReferralService::Revoke(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::RevokeReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, request.name(), "revoke"));
  ACCORD_RETURN_IF_ERROR(NotADuty(referral));
  referral.set_end_reason(request.reason());
  return Keep(tx, write, request.etag(), std::move(referral));
}

absl::StatusOr<bool> ReferralService::CameFrom(Tx& tx, Referral referral, const std::string& agency) {
  // Whoever has the referral may know by which way it came: each name on that way begins with its sender.
  while (OwnerOf(referral.name()) != agency) {
    if (referral.redirected_from().empty()) return false;
    if (OwnerOf(referral.redirected_from()) == agency) return true;
    Referral before;
    const absl::Status found = referrals_.GetAny(tx, referral.redirected_from(), &before);
    if (absl::IsNotFound(found)) return false;
    ACCORD_RETURN_IF_ERROR(found);
    referral = std::move(before);
  }
  return true;
}

absl::StatusOr<v1::RedirectReferralResponse> ReferralService::Redirect(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::RedirectReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, request.name(), "redirect"));
  if (request.to_agency() == OwnerOf(referral.name())) {
    return Refuse(rules::kRedirectToSender,
                  "A referral is not sent back to its sender: reject it, or talk to them.");
  }
  if (request.to_agency() == call.caller().agency) {
    return Refuse(rules::kRedirectToSelf, "A referral is redirected to another agency.");
  }
  if (!territories_->Serves(request.to_agency())) {
    return Refuse(rules::kReceiverUnknown, "No society or police service of this name is known.");
  }
  if (referral.staff_suspect() && request.to_agency() == referral.implicated_agency()) {
    return Refuse(rules::kReceiverIsImplicated,
                  "An agency whose staff is suspected does not receive the referral.");
  }
  ACCORD_ASSIGN_OR_RETURN(const bool circle, CameFrom(tx, referral, request.to_agency()));
  if (circle) {
    return Refuse(rules::kRedirectInCircle,
                  "This agency sent it before: it is not sent round, where its clocks would begin anew.");
  }
  Referral onward = referral;
  // What was done here stays here, also with one that was closed and opened again before.
  for (const char* field : {"acknowledged_at", "acknowledged_by", "assessed_at", "responded_at", "assignee",
                            "flags", "escalations", "brought_at", "place_of_safety_until", "end_reason",
                            "amendments", "joint_investigation", "supports_offered", "late_entries"}) {
    onward.GetReflection()->ClearField(&onward, Referral::descriptor()->FindFieldByName(field));
  }
  // Whoever it reaches tells the community, or puts that off for a reason of its own.
  if (onward.community_notice().status() == v1::COMMUNITY_NOTICE_STATUS_DEFERRED) {
    onward.clear_community_notice();
  }
  onward.set_to_agency(request.to_agency());
  onward.set_redirected_from(referral.name());
  // A referral that an earlier version sent on names no followers.
  if (onward.followers().empty() && !referral.redirected_from().empty()) {
    onward.add_followers(OwnerOf(referral.redirected_from()));
  }
  onward.add_followers(OwnerOf(referral.name()));
  onward.clear_assessment_due();
  v1::Protocol protocol;
  ACCORD_RETURN_IF_ERROR(protocols_.GetAny(tx, referral.protocol(), &protocol));
  const bool to_society = ToSociety(protocol, onward);
  if (referral.kind() == v1::REFERRAL_KIND_DUTY_TO_REPORT && !to_society) {
    return Refuse(rules::kDutyToReportToSociety, "The duty to report is met by a report to a society.");
  }
  ACCORD_RETURN_IF_ERROR(StartClocks(call.now(), to_society, &onward));
  ACCORD_RETURN_IF_ERROR(Submit(tx, write, &onward));
  referral.set_redirected_to(onward.name());
  referral.set_end_reason(request.reason());
  v1::RedirectReferralResponse response;
  ACCORD_ASSIGN_OR_RETURN(*response.mutable_referral(), Keep(tx, write, request.etag(), std::move(referral)));
  *response.mutable_onward() = std::move(onward);
  return response;
}

ReferralService::Result ReferralService::Correct(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::CorrectReferralRequest& request) {
  const Referral& update = request.referral();
  ACCORD_ASSIGN_OR_RETURN(const Referral before, Visible(call, tx, update.name()));
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, update.name(), "correct"));
  const std::set<std::string> fields(request.update_mask().paths().begin(),
                                     request.update_mask().paths().end());
  for (const auto& path : fields) {
    if (!Correctable(before, path)) return host::CannotBeChanged(*Referral::descriptor(), path);
    const auto* field = Referral::descriptor()->FindFieldByName(path);
    referral.GetReflection()->ClearField(&referral, field);
    Referral part;
    google::protobuf::util::FieldMaskUtil::MergeOptions options;
    google::protobuf::FieldMask one;
    one.add_paths(path);
    google::protobuf::util::FieldMaskUtil::MergeMessageTo(update, one, options, &part);
    referral.MergeFrom(part);
  }
  if (referral.reporter_belief().empty()) {
    return Refuse(rules::kFieldRequired, "reporter_belief cannot be empty.");
  }
  if (referral.indigenous_identity() == v1::INDIGENOUS_IDENTITY_UNSPECIFIED) {
    return Refuse(rules::kFieldRequired, "indigenous_identity cannot be empty.");
  }
  ACCORD_RETURN_IF_ERROR(CheckCorrection(before, referral, call.now()));
  const std::set<std::string> changed = ChangedFields(fields, before, referral);
  if (changed.empty()) return RefuseFields({{"update_mask", "must name a field that gets another value"}});
  ACCORD_RETURN_IF_ERROR(Amend(call, changed, request.reason(), before, &referral));
  const bool owed = before.community_notice_required() || Indigenous(before);
  // A notice to the community that was put off before anybody knew that it was owed was put off for
  // another reason.
  if (!owed && Indigenous(referral) &&
      referral.community_notice().status() == v1::COMMUNITY_NOTICE_STATUS_DEFERRED) {
    referral.clear_community_notice();
  }
  if (owed || Indigenous(referral)) referral.set_community_notice_required(true);
  return Keep(tx, write, update.etag(), std::move(referral));
}

ReferralService::Result ReferralService::Assign(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::AssignReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Moved(call, tx, request.name(), "work"));
  ACCORD_RETURN_IF_ERROR(CheckAssigns(call.caller(), referral.assignee(), request.assignee()));
  referral.set_assignee(request.assignee());
  return Keep(tx, write, request.etag(), std::move(referral));
}

ReferralService::Result ReferralService::Flag(host::Call& call, Tx& tx, const storage::Write& write,
                                              const v1::FlagReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Visible(call, tx, request.name()));
  auto* flag = referral.add_flags();
  *flag = request.flag();
  flag->set_id(NewId(call.now()));
  flag->set_agency(call.caller().agency);
  flag->set_raised_by(call.caller().actor);
  return Keep(tx, write, request.etag(), std::move(referral));
}

ReferralService::Result ReferralService::ClearFlag(host::Call& call, Tx& tx, const storage::Write& write,
                                                   const v1::ClearReferralFlagRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Visible(call, tx, request.name()));
  for (auto& flag : *referral.mutable_flags()) {
    if (flag.id() != request.flag_id() || flag.agency() != call.caller().agency) continue;
    flag.set_cleared(true);
    return Keep(tx, write, request.etag(), std::move(referral));
  }
  return Refuse(rules::kFlagAbsent, "The referral has no such flag of this agency.");
}

}  // namespace accord::protocols
