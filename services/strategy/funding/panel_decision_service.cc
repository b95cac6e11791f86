#include "services/strategy/funding/panel_decision_service.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "services/strategy/funding/application_access.h"
#include "services/strategy/funding/call_steps.h"
#include "services/strategy/funding/panel_rules.h"
#include "services/strategy/funding/reader_store.h"
#include "services/strategy/funding/unique_record_store.h"
#include "services/strategy/money/amounts.h"
#include "services/strategy/office_staff.h"
#include "services/strategy/placements.h"

namespace accord::strategy {
namespace {

// This gives the placement of a decision, which the office and each member of the panel can list. The
// handlers decide what each of them reads.
storage::Placement PanelDecisionPlacement(const v1::RuleSet& policy, const v1::FundingCall& funding_call,
                                          const v1::PanelDecision& decision) {
  storage::Placement placement;
  placement.owner = OwnerOf(decision.name());
  placement.parties = {policy.office_agency()};
  for (const v1::PanelMember& member : funding_call.panel()) {
    placement.parties.push_back(PersonViewer(member.agency(), member.person()));
  }
  placement.fields["funding_call"] = decision.funding_call();
  return placement;
}

absl::StatusOr<bool> ReadsPanelDecisionOf(const Caller& caller, storage::Transaction& tx,
                                          const std::string& application) {
  if (ActsForOffice(caller)) return true;
  if (!caller.Has(annotations::v1::ROLE_FUND_PANEL)) return false;
  return IsReader(tx, application, {caller.agency, caller.actor});
}

}  // namespace

absl::Status ReadPanelDecision(const Caller& caller, storage::Transaction& tx, storage::Resources* decisions,
                               const std::string& name, v1::PanelDecision* out) {
  v1::PanelDecision found;
  ACCORD_RETURN_IF_ERROR(decisions->GetAny(tx, name, &found));
  ACCORD_ASSIGN_OR_RETURN(const bool reads, ReadsPanelDecisionOf(caller, tx, found.funding_application()));
  if (!reads) return NotFound();
  *out = std::move(found);
  return absl::OkStatus();
}

void PanelDecisionService::Register(host::Handlers* handlers) {
  using S = PanelDecisionService;
  handlers->Bind("accord.strategy.v1.FundingAssessmentService", this, &S::Create, &S::Get, &S::List,
                 &S::Revise);
}

absl::Status PanelDecisionService::CheckDecision(const Caller& caller, Tx& tx,
                                                 const v1::FundingApplication& application,
                                                 const v1::PanelDecision& decision) {
  v1::FundingCall funding_call;
  ACCORD_RETURN_IF_ERROR(calls_.GetAny(tx, application.funding_call(), &funding_call));
  CloseCallWhenDue(clock_->Now(), &funding_call);
  if (PanelMemberOf(funding_call, caller) == nullptr) {
    return Refuse(rules::kNotAPanelist, "Somebody of the call's panel recommends.");
  }
  ACCORD_RETURN_IF_ERROR(applicants_.CheckNoApplicant(tx, application.funding_call(), caller.agency));
  // The office reads every application, but a panel member who is of the office has to declare all the same.
  ACCORD_ASSIGN_OR_RETURN(const bool declared,
                          IsReader(tx, application.name(), {caller.agency, caller.actor}));
  if (!declared) {
    return Refuse(rules::kConflictNotDeclared,
                  "Whoever recommends has declared first, and has no conflict that was not cleared.");
  }
  if (funding_call.state() != v1::FUNDING_CALL_STATE_EVALUATION) {
    return Refuse(rules::kCallNotAtStep, "The panel recommends while the call is evaluated.");
  }
  ACCORD_ASSIGN_OR_RETURN(const Scores scores,
                          evaluation_.ScoresOfApplication(tx, funding_call, application.name()));
  if (!scores.all_in) {
    return Refuse(rules::kScoresMissing, "Wait for each scorer, and for one more where they diverge.");
  }
  const bool recommended = decision.recommendation() == v1::RECOMMENDATION_RECOMMENDED;
  if (recommended != decision.has_amount_cents()) {
    return RefuseField(rules::kAmountInvalid, "panel_decision.amount_cents",
                       "must be there exactly if an amount is recommended; nothing is no 0");
  }
  if (!recommended) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(CheckAmount(*rules_, "panel_decision.amount_cents", decision.amount_cents()));
  if (decision.amount_cents() <= application.content().amount_cents()) return absl::OkStatus();
  return RefuseField(rules::kAmountInvalid, "panel_decision.amount_cents", "must be at most what was asked");
}

PanelDecisionService::Result PanelDecisionService::Create(host::Call& call, Tx& tx,
                                                          const storage::Write& write,
                                                          const v1::CreatePanelDecisionRequest& request) {
  v1::PanelDecision decision = request.panel_decision();
  v1::FundingApplication application;
  ACCORD_RETURN_IF_ERROR(
      ReadApplication(call.caller(), tx, &applications_, decision.funding_application(), &application));
  ACCORD_RETURN_IF_ERROR(CheckDecision(call.caller(), tx, application, decision));
  const std::string id = NewId(call.now());
  decision.set_name(absl::StrCat("agencies/", rules_->office_agency(), "/panelDecisions/", id));
  decision.set_funding_call(application.funding_call());
  decision.set_person(call.caller().actor);
  ACCORD_RETURN_IF_ERROR(
      KeepUniqueRecord(tx, UniqueRecord::kDecision, application.name(), {}, decision.name()));
  v1::FundingCall funding_call;
  ACCORD_RETURN_IF_ERROR(calls_.GetAny(tx, application.funding_call(), &funding_call));
  ACCORD_RETURN_IF_ERROR(
      decisions_.Insert(tx, &decision, write, PanelDecisionPlacement(*rules_, funding_call, decision)));
  return decision;
}

PanelDecisionService::Result PanelDecisionService::Get(host::Call& call, Tx& tx,
                                                       const v1::GetPanelDecisionRequest& request) {
  v1::PanelDecision decision;
  ACCORD_RETURN_IF_ERROR(ReadPanelDecision(call.caller(), tx, &decisions_, request.name(), &decision));
  return decision;
}

absl::StatusOr<v1::ListPanelDecisionsResponse> PanelDecisionService::List(
    host::Call& call, Tx& tx, const v1::ListPanelDecisionsRequest& request) {
  const Caller& caller = call.caller();
  storage::ListQuery query{ActsForOffice(caller) ? caller.agency : PersonViewer(caller.agency, caller.actor),
                           {},
                           request.page_size(),
                           request.page_token(),
                           ""};
  query.filters.emplace_back("funding_call", request.funding_call());
  ACCORD_ASSIGN_OR_RETURN(auto page, decisions_.List<v1::PanelDecision>(tx, query));
  v1::ListPanelDecisionsResponse response;
  for (v1::PanelDecision& decision : page.items) {
    ACCORD_ASSIGN_OR_RETURN(const bool reads,
                            ReadsPanelDecisionOf(caller, tx, decision.funding_application()));
    if (reads) *response.add_panel_decisions() = std::move(decision);
  }
  response.set_next_page_token(page.next_page_token);
  return response;
}

PanelDecisionService::Result PanelDecisionService::Revise(host::Call& call, Tx& tx,
                                                          const storage::Write& write,
                                                          const v1::RevisePanelDecisionRequest& request) {
  v1::PanelDecision decision = request.panel_decision(), before;
  ACCORD_RETURN_IF_ERROR(ReadPanelDecision(call.caller(), tx, &decisions_, decision.name(), &before));
  // The platform remembers who revised for the application that the request names, so it must be the
  // right one.
  if (decision.funding_application() != before.funding_application()) {
    return RefuseFields({{"panel_decision.funding_application", "must be that of the decision"}});
  }
  v1::FundingApplication application;
  ACCORD_RETURN_IF_ERROR(applications_.GetAny(tx, before.funding_application(), &application));
  ACCORD_RETURN_IF_ERROR(CheckDecision(call.caller(), tx, application, decision));
  decision.set_funding_call(before.funding_call());
  decision.set_person(call.caller().actor);
  *decision.mutable_create_time() = before.create_time();
  v1::FundingCall funding_call;
  ACCORD_RETURN_IF_ERROR(calls_.GetAny(tx, before.funding_call(), &funding_call));
  ACCORD_RETURN_IF_ERROR(decisions_.Update(tx, &decision, request.panel_decision().etag(), write,
                                           PanelDecisionPlacement(*rules_, funding_call, decision)));
  return decision;
}

}  // namespace accord::strategy
