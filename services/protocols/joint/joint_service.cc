#include "services/protocols/joint/joint_service.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/host/calls/derived.h"
#include "common/host/calls/earlier_step.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/next_due.h"
#include "services/protocols/referral_viewers.h"
#include "services/protocols/referrals/referral_service.h"

namespace accord::protocols {
namespace {

using v1::JointInvestigation;
using v1::JointStepKind;

storage::Placement PlacementOf(const JointInvestigation& joint, const v1::Referral& referral) {
  storage::Placement placement;
  placement.owner = OwnerOf(joint.name());
  placement.state = ShortName(v1::JointInvestigationState_descriptor(), joint.state());
  // The first sender sees the referral alone, not the joint investigation.
  placement.parties = SidesOf(referral);
  placement.fields["state"] = placement.state;
  return placement;
}

// Some steps can be taken by one kind of agency alone.
absl::Status CheckStepIsOurs(JointStepKind kind, AgencyKind agency) {
  static const std::map<JointStepKind, AgencyKind> kOnly = {
      {v1::JOINT_STEP_KIND_RECORDS_CHECK_CAS, annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY},
      {v1::JOINT_STEP_KIND_PLACEMENT_DECISION, annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY},
      {v1::JOINT_STEP_KIND_RECORDS_CHECK_POLICE, annotations::v1::AGENCY_KIND_POLICE_SERVICE},
      {v1::JOINT_STEP_KIND_SUSPECT_INTERVIEW, annotations::v1::AGENCY_KIND_POLICE_SERVICE},
      {v1::JOINT_STEP_KIND_CHARGE_DECISION, annotations::v1::AGENCY_KIND_POLICE_SERVICE}};
  const auto only = kOnly.find(kind);
  if (only == kOnly.end() || only->second == agency) return absl::OkStatus();
  return Refuse(rules::kStepNotOfAgency, "An agency of the other kind takes and records this step.");
}

bool StepIsTaken(const JointInvestigation& joint, int kind) {
  return std::any_of(joint.steps().begin(), joint.steps().end(),
                     [kind](const auto& step) { return step.kind() == kind; });
}

// This says whether the agreed order has a step before this one that was not taken yet.
bool DeviatesFromPlan(const JointInvestigation& joint, JointStepKind kind) {
  const auto& order = joint.planned_order();
  const auto place = std::find(order.begin(), order.end(), static_cast<int>(kind));
  return place != order.end() &&
         std::any_of(order.begin(), place, [&](int before) { return !StepIsTaken(joint, before); });
}

// This gives the index of somebody on the team; it is negative if the person is not on it.
int MemberAt(const JointInvestigation& joint, const std::string& agency, const std::string& actor) {
  for (int i = 0; i < joint.team_size(); ++i) {
    if (joint.team(i).agency() == agency && joint.team(i).actor() == actor) return i;
  }
  return -1;
}

void AddStep(const host::Call& call, v1::JointStep step, JointInvestigation* joint) {
  step.set_deviation(DeviatesFromPlan(*joint, step.kind()));
  step.set_agency(call.caller().agency);
  step.set_actor(call.caller().actor);
  *step.mutable_time() = ToProto(call.now());
  *joint->add_steps() = std::move(step);
}

}  // namespace

void JointService::Register(host::Handlers* handlers) {
  using S = JointService;
  host::Derived<JointInvestigation> derived(handlers, "accord.protocols.v1.JointInvestigationService",
                                            std::bind_front(&S::AddNextDue, this));
  derived.Bind(this, &S::Create, &S::Get, &S::List, &S::Plan, &S::Join, &S::Leave, &S::RecordStep,
               &S::RecordDecision, &S::Conclude);
}

absl::Status JointService::AddNextDue(host::Call&, Tx& tx, JointInvestigation* joint) {
  if (joint->state() != v1::JOINT_INVESTIGATION_STATE_OPEN) return absl::OkStatus();
  v1::Referral referral;
  const absl::Status found = referrals_.GetAny(tx, joint->referral(), &referral);
  // A referral that has ended leaves no clock behind.
  if (absl::IsNotFound(found)) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(found);
  SetNextDue(DueOf(*joint, referral), joint);
  return absl::OkStatus();
}

JointService::Result JointService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                          const v1::CreateJointInvestigationRequest& request) {
  const std::string& agency = call.caller().agency;
  if (request.parent() != "agencies/" + agency) return NotFound();
  v1::Referral referral;
  ACCORD_RETURN_IF_ERROR(referrals_.Get(tx, request.joint_investigation().referral(), agency, &referral));
  if (referral.state() != v1::REFERRAL_STATE_JOINT) {
    return Refuse(rules::kReferralNotJoint, "The receiver screens the referral as joint first.");
  }
  if (!referral.joint_investigation().empty()) {
    return Refuse(rules::kAlreadyOpened, "The referral names its joint investigation.");
  }
  JointInvestigation joint;
  joint.set_name(absl::StrCat(request.parent(), "/jointInvestigations/", NewId(call.now())));
  joint.set_referral(referral.name());
  joint.set_state(v1::JOINT_INVESTIGATION_STATE_OPEN);
  ACCORD_RETURN_IF_ERROR(investigations_.Insert(tx, &joint, write, PlacementOf(joint, referral)));
  referral.set_joint_investigation(joint.name());
  const std::string etag = referral.etag();
  ACCORD_RETURN_IF_ERROR(
      referrals_.Update(tx, &referral, etag, write, ::accord::protocols::PlacementOf(tx, referral)));
  return joint;
}

JointService::Result JointService::Get(host::Call& call, Tx& tx,
                                       const v1::GetJointInvestigationRequest& request) {
  JointInvestigation joint;
  ACCORD_RETURN_IF_ERROR(investigations_.Get(tx, request.name(), call.caller().agency, &joint));
  return joint;
}

absl::StatusOr<v1::ListJointInvestigationsResponse> JointService::List(
    host::Call& call, Tx& tx, const v1::ListJointInvestigationsRequest& request) {
  storage::ListQuery query = storage::QueryOf(call.caller().agency, request);
  if (request.state() != v1::JOINT_INVESTIGATION_STATE_UNSPECIFIED) {
    query.filters.emplace_back("state", ShortName(v1::JointInvestigationState_descriptor(), request.state()));
  }
  return investigations_.ListInto(tx, query,
                                  &v1::ListJointInvestigationsResponse::mutable_joint_investigations);
}

JointService::Result JointService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                         const std::string& event) {
  JointInvestigation joint;
  ACCORD_RETURN_IF_ERROR(investigations_.Get(tx, name, call.caller().agency, &joint));
  const auto next = JointLifecycle().Next(joint.state(), event);
  if (!next.ok()) {
    return host::ExplainRefusedStep(next.status(), JointLifecycle(), event, call.caller(), tx,
                                    &investigations_, joint);
  }
  joint.set_state(static_cast<v1::JointInvestigationState>(*next));
  return joint;
}

JointService::Result JointService::Keep(Tx& tx, const storage::Write& write, const std::string& etag,
                                        JointInvestigation joint) {
  v1::Referral referral;
  ACCORD_RETURN_IF_ERROR(referrals_.GetAny(tx, joint.referral(), &referral));
  ACCORD_RETURN_IF_ERROR(investigations_.Update(tx, &joint, etag, write, PlacementOf(joint, referral)));
  return joint;
}

JointService::Result JointService::Plan(host::Call& call, Tx& tx, const storage::Write& write,
                                        const v1::PlanJointInvestigationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(JointInvestigation joint, Moved(call, tx, request.name(), "plan"));
  std::set<int> seen;
  for (int kind : request.order()) {
    if (kind == v1::JOINT_STEP_KIND_PLANNING_MEETING || !seen.insert(kind).second) {
      return Refuse(rules::kStepTwice,
                    "The order names each step once, and leaves out the planning meeting itself.");
    }
  }
  v1::JointStep meeting;
  meeting.set_kind(v1::JOINT_STEP_KIND_PLANNING_MEETING);
  AddStep(call, std::move(meeting), &joint);
  *joint.mutable_planned_order() = request.order();
  return Keep(tx, write, request.etag(), std::move(joint));
}

JointService::Result JointService::Join(host::Call& call, Tx& tx, const storage::Write& write,
                                        const v1::JoinJointInvestigationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(JointInvestigation joint, Moved(call, tx, request.name(), "join"));
  if (MemberAt(joint, call.caller().agency, request.actor()) >= 0) {
    return Refuse(rules::kAlreadyMember, "This person is on the team.");
  }
  auto* member = joint.add_team();
  member->set_agency(call.caller().agency);
  member->set_actor(request.actor());
  return Keep(tx, write, request.etag(), std::move(joint));
}

JointService::Result JointService::Leave(host::Call& call, Tx& tx, const storage::Write& write,
                                         const v1::LeaveJointInvestigationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(JointInvestigation joint, Moved(call, tx, request.name(), "leave"));
  const std::string& agency = call.caller().agency;
  const int leaving = MemberAt(joint, agency, request.actor());
  if (leaving < 0) return Refuse(rules::kMemberAbsent, "The team has no such person of this agency.");
  if (request.successor() == request.actor()) {
    return Refuse(rules::kAlreadyMember, "This person is on the team.");
  }
  // Work may be handed over to somebody who is on the team already, too.
  if (request.successor().empty() || MemberAt(joint, agency, request.successor()) >= 0) {
    joint.mutable_team()->DeleteSubrange(leaving, 1);
  } else {
    joint.mutable_team(leaving)->set_actor(request.successor());
  }
  return Keep(tx, write, request.etag(), std::move(joint));
}

JointService::Result JointService::RecordStep(host::Call& call, Tx& tx, const storage::Write& write,
                                              const v1::RecordJointInvestigationStepRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(JointInvestigation joint, Moved(call, tx, request.name(), "step"));
  ACCORD_RETURN_IF_ERROR(CheckStepIsOurs(request.step().kind(), call.caller().kind));
  if (request.step().kind() == v1::JOINT_STEP_KIND_PLANNING_MEETING) {
    return Refuse(rules::kPlanningHasAnOrder,
                  "Record a planning meeting with PlanJointInvestigation and the order agreed there.");
  }
  AddStep(call, request.step(), &joint);
  return Keep(tx, write, request.etag(), std::move(joint));
}

JointService::Result JointService::RecordDecision(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::RecordJointInvestigationDecisionRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(JointInvestigation joint, Moved(call, tx, request.name(), "decide"));
  auto* decision = joint.add_decisions();
  *decision = request.decision();
  decision->set_agency(call.caller().agency);
  decision->set_actor(call.caller().actor);
  *decision->mutable_time() = ToProto(call.now());
  return Keep(tx, write, request.etag(), std::move(joint));
}

JointService::Result JointService::Conclude(host::Call& call, Tx& tx, const storage::Write& write,
                                            const v1::ConcludeJointInvestigationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(JointInvestigation joint, Moved(call, tx, request.name(), "conclude"));
  joint.set_outcome(request.outcome());
  joint.set_charges_laid(request.charges_laid());
  joint.set_child_protection_verified(request.child_protection_verified());
  *joint.mutable_referrals_made() = request.referrals_made();
  joint.set_youth_declined(request.youth_declined());
  return Keep(tx, write, request.etag(), std::move(joint));
}

}  // namespace accord::protocols
