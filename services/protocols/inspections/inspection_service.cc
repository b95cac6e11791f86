#include "services/protocols/inspections/inspection_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "common/host/calls/derived.h"
#include "common/host/calls/earlier_step.h"
#include "common/storage/records/schedule.h"
#include "services/protocols/assignment.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/next_due.h"

namespace accord::protocols {
namespace {

using v1::InspectorReferral;
constexpr char kKind[] = "inspector_referral";

storage::Placement PlacementOf(const InspectorReferral& referral) {
  storage::Placement placement;
  placement.owner = OwnerOf(referral.name());
  placement.state = ShortName(v1::InspectorReferralState_descriptor(), referral.state());
  placement.parties = {placement.owner, referral.to_agency()};
  placement.fields["state"] = placement.state;
  if (!referral.assignee().empty()) {
    placement.fields[absl::StrCat("assignee@", referral.to_agency())] = referral.assignee();
  }
  return placement;
}

std::optional<absl::Time> NextInspectionInstant(const InspectorReferral& referral) {
  if (referral.state() != v1::INSPECTOR_REFERRAL_STATE_SUBMITTED || referral.overdue()) return std::nullopt;
  return FromProto(referral.acknowledge_due());
}

}  // namespace

void InspectionService::Register(host::Handlers* handlers) {
  using S = InspectionService;
  host::Derived<InspectorReferral> derived(handlers, "accord.protocols.v1.InspectorReferralService",
                                           [](host::Call&, Tx&, InspectorReferral* referral) {
                                             SetNextDue(DueOf(*referral), referral);
                                             return absl::OkStatus();
                                           });
  derived.Bind(this, &S::Create, &S::Get, &S::List, &S::Acknowledge, &S::Close, &S::Assign);
}

InspectionService::Result InspectionService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                    const v1::CreateInspectorReferralRequest& request) {
  InspectorReferral referral = request.inspector_referral();
  ACCORD_RETURN_IF_ERROR(
      CheckDayHasCome("inspector_referral.observed_on", referral.observed_on(), OntarioDay(call.now())));
  if (!territories_->Serves(referral.to_agency())) {
    return RefuseField(rules::kReceiverUnknown, "inspector_referral.to_agency",
                       "is no children's aid society or police service that is known");
  }
  referral.set_name(absl::StrCat(request.parent(), "/inspectorReferrals/", NewId(call.now())));
  referral.set_state(v1::INSPECTOR_REFERRAL_STATE_SUBMITTED);
  ACCORD_ASSIGN_OR_RETURN(const absl::Time due,
                          rules_->Due(v1::CLOCK_KIND_ACKNOWLEDGE, v1::URGENCY_D7, call.now()));
  *referral.mutable_acknowledge_due() = ToProto(due);
  ACCORD_RETURN_IF_ERROR(referrals_.Insert(tx, &referral, write, PlacementOf(referral)));
  ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, kKind, referral.name(), NextInspectionInstant(referral)));
  return referral;
}

InspectionService::Result InspectionService::Get(host::Call& call, Tx& tx,
                                                 const v1::GetInspectorReferralRequest& request) {
  InspectorReferral referral;
  ACCORD_RETURN_IF_ERROR(referrals_.Get(tx, request.name(), call.caller().agency, &referral));
  return referral;
}

absl::StatusOr<v1::ListInspectorReferralsResponse> InspectionService::List(
    host::Call& call, Tx& tx, const v1::ListInspectorReferralsRequest& request) {
  storage::ListQuery query = storage::QueryOf(call.caller().agency, request);
  if (request.state() != v1::INSPECTOR_REFERRAL_STATE_UNSPECIFIED) {
    query.filters.emplace_back("state", ShortName(v1::InspectorReferralState_descriptor(), request.state()));
  }
  if (!request.assignee().empty()) query.filters.emplace_back("assignee", request.assignee());
  return referrals_.ListInto(tx, query, &v1::ListInspectorReferralsResponse::mutable_inspector_referrals);
}

InspectionService::Result InspectionService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                                   const std::string& event) {
  InspectorReferral referral;
  ACCORD_RETURN_IF_ERROR(referrals_.Get(tx, name, call.caller().agency, &referral));
  const auto next = InspectionLifecycle().Next(referral.state(), event);
  if (!next.ok()) {
    return host::ExplainRefusedStep(next.status(), InspectionLifecycle(), event, call.caller(), tx,
                                    &referrals_, referral);
  }
  referral.set_state(static_cast<v1::InspectorReferralState>(*next));
  return referral;
}

InspectionService::Result InspectionService::Keep(Tx& tx, const storage::Write& write,
                                                  const std::string& etag, InspectorReferral referral) {
  ACCORD_RETURN_IF_ERROR(referrals_.Update(tx, &referral, etag, write, PlacementOf(referral)));
  ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, kKind, referral.name(), NextInspectionInstant(referral)));
  return referral;
}

InspectionService::Result InspectionService::Acknowledge(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::AcknowledgeInspectorReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(InspectorReferral referral, Moved(call, tx, request.name(), "acknowledge"));
  *referral.mutable_acknowledged_at() = ToProto(call.now());
  referral.set_acknowledged_by(call.caller().actor);
  return Keep(tx, write, request.etag(), std::move(referral));
}

InspectionService::Result InspectionService::Close(host::Call& call, Tx& tx, const storage::Write& write,
                                                   const v1::CloseInspectorReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(InspectorReferral referral, Moved(call, tx, request.name(), "close"));
  referral.set_outcome(request.outcome());
  return Keep(tx, write, request.etag(), std::move(referral));
}

InspectionService::Result InspectionService::Assign(host::Call& call, Tx& tx, const storage::Write& write,
                                                    const v1::AssignInspectorReferralRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(InspectorReferral referral, Moved(call, tx, request.name(), "assign"));
  ACCORD_RETURN_IF_ERROR(CheckMayAssign(call.caller(), referral.assignee(), request.assignee()));
  referral.set_assignee(request.assignee());
  return Keep(tx, write, request.etag(), std::move(referral));
}

absl::Status InspectionService::PassTime(Tx& tx, const std::string& name, absl::Time now) {
  InspectorReferral referral;
  ACCORD_RETURN_IF_ERROR(referrals_.GetAny(tx, name, &referral));
  const auto next = NextInspectionInstant(referral);
  if (!next || *next > now) return storage::Schedule(tx, kKind, name, next);
  referral.set_overdue(true);
  const std::string etag = referral.etag();
  return Keep(tx, {"platform", "calendar", NewId(now), now}, etag, std::move(referral)).status();
}

}  // namespace accord::protocols
