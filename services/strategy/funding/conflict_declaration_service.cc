#include "services/strategy/funding/conflict_declaration_service.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/strategy/funding/application_access.h"
#include "services/strategy/funding/call_steps.h"
#include "services/strategy/funding/conflict_rules.h"
#include "services/strategy/funding/funding_assessment_service.h"
#include "services/strategy/funding/panel_rules.h"
#include "services/strategy/funding/reader_store.h"
#include "services/strategy/funding/unique_record_store.h"
#include "services/strategy/lifecycles.h"
#include "services/strategy/placements.h"

namespace accord::strategy {
namespace {

// At the office, the director decides on conflicts and the privacy officer oversees them.
bool ReadsAllConflicts(const Caller& caller) {
  return caller.kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE &&
         (caller.Has(annotations::v1::ROLE_OFFICE_DIRECTOR) ||
          caller.Has(annotations::v1::ROLE_PRIVACY_OFFICER));
}

}  // namespace

storage::Placement ConflictDeclarationPlacement(const v1::RuleSet& policy,
                                                const v1::ConflictDeclaration& declaration) {
  storage::Placement placement;
  placement.owner = OwnerOf(declaration.name());
  placement.state = ShortName(v1::ConflictDeclarationState_descriptor(), declaration.state());
  const std::set<std::string> parties = {placement.owner, policy.office_agency(),
                                         PersonViewer(placement.owner, declaration.person())};
  placement.parties.assign(parties.begin(), parties.end());
  placement.fields["funding_call"] = declaration.funding_call();
  return placement;
}

absl::Status ReadConflictDeclaration(const Caller& caller, storage::Transaction& tx,
                                     storage::Resources* declarations, const std::string& name,
                                     v1::ConflictDeclaration* out) {
  v1::ConflictDeclaration found;
  ACCORD_RETURN_IF_ERROR(declarations->GetAny(tx, name, &found));
  const bool own = OwnerOf(name) == caller.agency && found.person() == caller.actor;
  if (!own && !ReadsAllConflicts(caller)) return NotFound();
  *out = std::move(found);
  return absl::OkStatus();
}

void ConflictDeclarationService::Register(host::Handlers* handlers) {
  using S = ConflictDeclarationService;
  handlers->Bind("accord.strategy.v1.FundingAssessmentService", this, &S::Create, &S::Get, &S::List,
                 &S::Rule);
}

absl::Status ConflictDeclarationService::MoveAssessment(Tx& tx, const storage::Write& write,
                                                        const v1::ConflictDeclaration& declaration,
                                                        const std::string& event) {
  const Reader person{OwnerOf(declaration.name()), declaration.person()};
  ACCORD_ASSIGN_OR_RETURN(const std::string name, UniqueRecordOf(tx, UniqueRecord::kAssessment,
                                                                 declaration.funding_application(), person));
  // A member of the panel need not be a scorer.
  if (name.empty()) return absl::OkStatus();
  v1::FundingAssessment assessment;
  ACCORD_RETURN_IF_ERROR(records_.assessments.GetAny(tx, name, &assessment));
  ACCORD_ASSIGN_OR_RETURN(const int next, FundingAssessmentLifecycle().Next(assessment.state(), event));
  assessment.set_state(static_cast<v1::FundingAssessmentState>(next));
  const std::string etag = assessment.etag();
  return records_.assessments.Update(tx, &assessment, etag, write,
                                     FundingAssessmentPlacement(*rules_, assessment));
}

ConflictDeclarationService::Result ConflictDeclarationService::Create(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::CreateConflictDeclarationRequest& request) {
  v1::ConflictDeclaration declaration = request.conflict_declaration();
  const Caller& caller = call.caller();
  const Reader person{caller.agency, caller.actor};
  v1::FundingApplication application;
  ACCORD_RETURN_IF_ERROR(records_.applications.GetAny(tx, declaration.funding_application(), &application));
  v1::FundingCall funding_call;
  ACCORD_RETURN_IF_ERROR(records_.calls.GetAny(tx, application.funding_call(), &funding_call));
  CloseCallWhenDue(clock_->Now(), &funding_call);
  ACCORD_ASSIGN_OR_RETURN(const std::string assessment,
                          UniqueRecordOf(tx, UniqueRecord::kAssessment, application.name(), person));
  // A caller who has nothing to do with the application learns nothing about it here either.
  if (assessment.empty() && PanelMemberOf(funding_call, caller) == nullptr) return NotFound();
  ACCORD_RETURN_IF_ERROR(CheckCallBeforeDecision(funding_call));
  const bool none = declaration.kind() == v1::CONFLICT_KIND_NONE;
  if (!none && declaration.text().empty()) {
    return RefuseFields({{"conflict_declaration.text", "must say what connects you to the application"}});
  }
  if (none) {
    ACCORD_RETURN_IF_ERROR(applicants_.CheckNoApplicant(tx, application.funding_call(), caller.agency));
  }
  declaration.set_name(absl::StrCat(request.parent(), "/conflictDeclarations/", NewId(call.now())));
  declaration.set_person(caller.actor);
  declaration.set_funding_call(application.funding_call());
  declaration.set_state(none ? v1::CONFLICT_DECLARATION_STATE_NONE : v1::CONFLICT_DECLARATION_STATE_WAITING);
  // A second declaration does not undo the first one.
  ACCORD_RETURN_IF_ERROR(
      KeepUniqueRecord(tx, UniqueRecord::kDeclaration, application.name(), person, declaration.name()));
  ACCORD_RETURN_IF_ERROR(records_.declarations.Insert(tx, &declaration, write,
                                                      ConflictDeclarationPlacement(*rules_, declaration)));
  ACCORD_RETURN_IF_ERROR(MoveAssessment(tx, write, declaration, none ? kDeclare : kDeclareConflict));
  if (none) {
    ACCORD_RETURN_IF_ERROR(
        SetApplicationReader(tx, *rules_, &records_.applications, application.name(), person, true));
  }
  return declaration;
}

ConflictDeclarationService::Result ConflictDeclarationService::Get(
    host::Call& call, Tx& tx, const v1::GetConflictDeclarationRequest& request) {
  v1::ConflictDeclaration declaration;
  ACCORD_RETURN_IF_ERROR(
      ReadConflictDeclaration(call.caller(), tx, &records_.declarations, request.name(), &declaration));
  return declaration;
}

absl::StatusOr<v1::ListConflictDeclarationsResponse> ConflictDeclarationService::List(
    host::Call& call, Tx& tx, const v1::ListConflictDeclarationsRequest& request) {
  const Caller& caller = call.caller();
  const std::string viewer =
      ReadsAllConflicts(caller) ? caller.agency : PersonViewer(caller.agency, caller.actor);
  return records_.declarations.ListInto(tx, {viewer, {}, request.page_size(), request.page_token(), ""},
                                        &v1::ListConflictDeclarationsResponse::mutable_conflict_declarations);
}

ConflictDeclarationService::Result ConflictDeclarationService::Rule(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::RuleConflictDeclarationRequest& request) {
  v1::ConflictDeclaration declaration;
  ACCORD_RETURN_IF_ERROR(
      ReadConflictDeclaration(call.caller(), tx, &records_.declarations, request.name(), &declaration));
  v1::FundingCall funding_call;
  ACCORD_RETURN_IF_ERROR(records_.calls.GetAny(tx, declaration.funding_call(), &funding_call));
  CloseCallWhenDue(clock_->Now(), &funding_call);
  ACCORD_RETURN_IF_ERROR(CheckCallBeforeDecision(funding_call));
  const std::string event = request.cleared() ? kClear : kRecuse;
  ACCORD_ASSIGN_OR_RETURN(const int next, ConflictDeclarationLifecycle().Next(declaration.state(), event));
  if (request.cleared() && IsConflictNeverCleared(declaration.kind())) {
    return Refuse(rules::kConflictNeverCleared, "Take the person off, and assign somebody else.");
  }
  if (request.cleared()) {
    ACCORD_RETURN_IF_ERROR(
        applicants_.CheckNoApplicant(tx, declaration.funding_call(), OwnerOf(declaration.name())));
  }
  declaration.set_state(static_cast<v1::ConflictDeclarationState>(next));
  declaration.set_ruling_reason(request.reason());
  declaration.set_ruled_by(call.caller().actor);
  ACCORD_RETURN_IF_ERROR(records_.declarations.Update(tx, &declaration, request.etag(), write,
                                                      ConflictDeclarationPlacement(*rules_, declaration)));
  ACCORD_RETURN_IF_ERROR(MoveAssessment(tx, write, declaration, event));
  ACCORD_RETURN_IF_ERROR(
      SetApplicationReader(tx, *rules_, &records_.applications, declaration.funding_application(),
                           {OwnerOf(declaration.name()), declaration.person()}, request.cleared()));
  return declaration;
}

}  // namespace accord::strategy
