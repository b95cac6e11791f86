#include "services/strategy/initiatives/initiative_service.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "services/strategy/days.h"
#include "services/strategy/lifecycles.h"
#include "services/strategy/placements.h"

namespace accord::strategy {
namespace {

std::string InitiativeStateName(const v1::Initiative& initiative) {
  return ShortName(v1::InitiativeState_descriptor(), initiative.state());
}

storage::Placement InitiativePlacement(const v1::Initiative& initiative) {
  return PublicPlacement(initiative.name(), InitiativeStateName(initiative),
                         {{"lead", initiative.lead_ministry()},
                          {"pillar", ShortName(v1::Pillar_descriptor(), initiative.pillar())},
                          {"state", InitiativeStateName(initiative)}});
}

// Sets since when the present state holds, and which source says so. A reason is kept as long as its state.
void SetInitiativeStateSince(const std::string& on, const std::string& source_ref, const std::string& reason,
                             v1::Initiative* initiative) {
  initiative->set_state_since(on);
  initiative->set_state_source_ref(source_ref);
  initiative->set_state_reason(reason);
  initiative->clear_delivery_reported_on();
  initiative->clear_delivery_source_ref();
}

}  // namespace

void InitiativeService::Register(host::Handlers* handlers) {
  using S = InitiativeService;
  handlers->Bind("accord.strategy.v1.InitiativeService", this, &S::Create, &S::Get, &S::List, &S::Advance,
                 &S::MeetMilestone, &S::ReportDelivery, &S::ConfirmDelivery, &S::End);
}

absl::Status InitiativeService::CheckInitiative(host::Call& call, Tx& tx, const v1::Initiative& initiative) {
  const Caller& caller = call.caller();
  if (caller.kind == annotations::v1::AGENCY_KIND_MINISTRY && initiative.lead_ministry() != caller.agency) {
    return Refuse(rules::kNotTheLead, "A ministry enters the initiatives that it leads itself.");
  }
  std::set<std::string> ministries = {initiative.lead_ministry()};
  for (const std::string& partner : initiative.partner_ministries()) {
    if (!ministries.insert(partner).second) {
      return RefuseFields({{"initiative.partner_ministries", "must differ from each other and the lead"}});
    }
  }
  std::set<std::string> codes;
  for (const v1::Milestone& milestone : initiative.milestones()) {
    if (!codes.insert(milestone.code()).second) {
      return RefuseFields({{"initiative.milestones", "must have codes of their own"}});
    }
  }
  for (const std::string& name : initiative.depends_on()) {
    v1::LegislativeInitiative bill;
    ACCORD_RETURN_IF_ERROR(bills_.Get(tx, name, caller.agency, &bill));
  }
  return absl::OkStatus();
}

InitiativeService::Result InitiativeService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                    const v1::CreateInitiativeRequest& request) {
  v1::Initiative initiative = request.initiative();
  ACCORD_RETURN_IF_ERROR(CheckInitiative(call, tx, initiative));
  initiative.set_name(absl::StrCat(request.parent(), "/initiatives/", initiative.initiative_id()));
  initiative.set_state(request.underway() ? v1::INITIATIVE_STATE_UNDERWAY : v1::INITIATIVE_STATE_PLANNED);
  initiative.set_state_source_ref(initiative.source_ref());
  ACCORD_RETURN_IF_ERROR(initiatives_.Insert(tx, &initiative, write, InitiativePlacement(initiative)));
  return initiative;
}

InitiativeService::Result InitiativeService::Get(host::Call& call, Tx& tx,
                                                 const v1::GetInitiativeRequest& request) {
  v1::Initiative initiative;
  ACCORD_RETURN_IF_ERROR(initiatives_.Get(tx, request.name(), call.caller().agency, &initiative));
  return initiative;
}

absl::StatusOr<v1::ListInitiativesResponse> InitiativeService::List(
    host::Call& call, Tx& tx, const v1::ListInitiativesRequest& request) {
  storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  if (!request.lead_ministry().empty()) query.filters.emplace_back("lead", request.lead_ministry());
  if (request.pillar() != v1::PILLAR_UNSPECIFIED) {
    query.filters.emplace_back("pillar", ShortName(v1::Pillar_descriptor(), request.pillar()));
  }
  if (request.state() != v1::INITIATIVE_STATE_UNSPECIFIED) {
    query.filters.emplace_back("state", ShortName(v1::InitiativeState_descriptor(), request.state()));
  }
  return initiatives_.ListInto(tx, query, &v1::ListInitiativesResponse::mutable_initiatives);
}

InitiativeService::Result InitiativeService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                                   const std::string& event) {
  v1::Initiative initiative;
  ACCORD_RETURN_IF_ERROR(initiatives_.Get(tx, name, call.caller().agency, &initiative));
  ACCORD_ASSIGN_OR_RETURN(const int next, InitiativeLifecycle().Next(initiative.state(), event));
  initiative.set_state(static_cast<v1::InitiativeState>(next));
  return initiative;
}

InitiativeService::Result InitiativeService::Keep(Tx& tx, const storage::Write& write,
                                                  const std::string& etag, v1::Initiative initiative) {
  const storage::Placement placement = InitiativePlacement(initiative);
  ACCORD_RETURN_IF_ERROR(initiatives_.Update(tx, &initiative, etag, write, placement));
  return initiative;
}

InitiativeService::Result InitiativeService::Advance(host::Call& call, Tx& tx, const storage::Write& write,
                                                     const v1::AdvanceInitiativeRequest& request) {
  // All other events have methods and checks of their own.
  const std::string& event = request.event();
  const bool ours = event == "start" || event == "delay" || event == "continue";
  ACCORD_ASSIGN_OR_RETURN(v1::Initiative initiative, Moved(call, tx, request.name(), ours ? event : ""));
  if (event == "delay" && request.reason().empty()) {
    return RefuseField(rules::kFieldRequired, "reason", "must say why the initiative is late");
  }
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(call, "on", request.on()));
  ACCORD_RETURN_IF_ERROR(
      CheckDaysInOrder("initiative.state_since", initiative.state_since(), "on", request.on()));
  SetInitiativeStateSince(request.on(), request.source_ref(), event == "delay" ? request.reason() : "",
                          &initiative);
  return Keep(tx, write, request.etag(), std::move(initiative));
}

InitiativeService::Result InitiativeService::MeetMilestone(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::MeetInitiativeMilestoneRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Initiative initiative, Moved(call, tx, request.name(), kMeetMilestone));
  auto* milestones = initiative.mutable_milestones();
  const auto milestone = std::find_if(milestones->begin(), milestones->end(), [&](const v1::Milestone& each) {
    return each.code() == request.milestone();
  });
  if (milestone == milestones->end()) {
    return Refuse(rules::kMilestoneUnknown, "Name a milestone by its code in the initiative.");
  }
  if (!milestone->met_on().empty()) return Refuse(rules::kAlreadyRecorded, "This milestone was met.");
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(call, "met_on", request.met_on()));
  milestone->set_met_on(request.met_on());
  milestone->set_met_source_ref(request.source_ref());
  return Keep(tx, write, request.etag(), std::move(initiative));
}

absl::Status InitiativeService::CheckDeliveryShown(host::Call& call, Tx& tx,
                                                   const v1::Initiative& initiative) {
  const auto& milestones = initiative.milestones();
  if (std::any_of(milestones.begin(), milestones.end(),
                  [](const v1::Milestone& each) { return !each.met_on().empty(); })) {
    return absl::OkStatus();
  }
  storage::ListQuery query;
  query.viewer = call.caller().agency;
  query.filters.emplace_back("verified_of", initiative.name());
  query.page_size = 1;
  ACCORD_ASSIGN_OR_RETURN(const auto verified, observations_.List<v1::IndicatorObservation>(tx, query));
  if (!verified.items.empty()) return absl::OkStatus();
  return Refuse(rules::kDeliveryNotShown, "Meet a milestone first, or have an observation verified.");
}

InitiativeService::Result InitiativeService::ReportDelivery(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::ReportInitiativeDeliveryRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Initiative initiative, Moved(call, tx, request.name(), kReportDelivery));
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(call, "on", request.on()));
  ACCORD_RETURN_IF_ERROR(
      CheckDaysInOrder("initiative.state_since", initiative.state_since(), "on", request.on()));
  if (initiative.tense_as_reported() == v1::REPORTED_TENSE_PLANNED &&
      request.source_ref() == initiative.source_ref()) {
    return Refuse(rules::kSourceNotNewer, "Cite what says that it was delivered, and not what planned it.");
  }
  ACCORD_RETURN_IF_ERROR(CheckDeliveryShown(call, tx, initiative));
  initiative.set_delivery_reported_on(request.on());
  initiative.set_delivery_source_ref(request.source_ref());
  return Keep(tx, write, request.etag(), std::move(initiative));
}

InitiativeService::Result InitiativeService::ConfirmDelivery(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::ConfirmInitiativeDeliveryRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Initiative initiative, Moved(call, tx, request.name(), kDeliver));
  const std::string on = initiative.delivery_reported_on(), source = initiative.delivery_source_ref();
  if (on.empty()) {
    return Refuse(rules::kDeliveryNotReported, "The ministry that leads reports the delivery first.");
  }
  // The observation that showed the delivery may have been corrected since.
  ACCORD_RETURN_IF_ERROR(CheckDeliveryShown(call, tx, initiative));
  SetInitiativeStateSince(on, source, "", &initiative);
  return Keep(tx, write, request.etag(), std::move(initiative));
}

InitiativeService::Result InitiativeService::End(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::EndInitiativeRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Initiative initiative, Moved(call, tx, request.name(), kEnd));
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(call, "on", request.on()));
  ACCORD_RETURN_IF_ERROR(
      CheckDaysInOrder("initiative.state_since", initiative.state_since(), "on", request.on()));
  SetInitiativeStateSince(request.on(), request.source_ref(), request.reason(), &initiative);
  return Keep(tx, write, request.etag(), std::move(initiative));
}

}  // namespace accord::strategy
