#include "services/strategy/funding/funding_assessment_service.h"

#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "services/strategy/funding/application_access.h"
#include "services/strategy/funding/call_lock_store.h"
#include "services/strategy/funding/call_steps.h"
#include "services/strategy/funding/conflict_declaration_service.h"
#include "services/strategy/funding/panel_rules.h"
#include "services/strategy/funding/reader_store.h"
#include "services/strategy/funding/unique_record_store.h"
#include "services/strategy/lifecycles.h"
#include "services/strategy/office_staff.h"
#include "services/strategy/placements.h"

namespace accord::strategy {
namespace {

bool IsScorerOfAssessment(const Caller& caller, const v1::FundingAssessment& assessment) {
  return assessment.scorer_agency() == caller.agency && assessment.scorer() == caller.actor;
}

// This gives the assessment without its scores and reasons: who scores it, and how far the work is.
v1::FundingAssessment AssessmentWithoutScores(v1::FundingAssessment assessment) {
  assessment.clear_scores();
  assessment.clear_state_reason();
  return assessment;
}

// This enters one score for each criterion, in the order of the call.
absl::Status SetAssessmentScores(const v1::FundingCall& funding_call,
                                 const v1::SaveFundingAssessmentRequest& request,
                                 v1::FundingAssessment* assessment) {
  const auto refuse = [](const std::string& field, const std::string& what) {
    return RefuseField(rules::kScoresInvalid, field, what);
  };
  std::map<std::string, const v1::CriterionScore*> given;
  for (const v1::CriterionScore& score : request.scores()) {
    if (!given.emplace(score.criterion(), &score).second) {
      return refuse("scores", "must have each criterion once");
    }
  }
  assessment->clear_scores();
  for (const v1::FundingCriterion& criterion : funding_call.criteria()) {
    const auto found = given.find(criterion.code());
    if (found == given.end()) return refuse("scores", "must have each criterion of the call");
    const v1::CriterionScore& score = *found->second;
    if (!score.has_points()) return refuse("scores.points", "must be given; 0 is a score");
    if (score.points() < 0 || score.points() > criterion.max_points()) {
      return refuse("scores.points", "must be 0 to the most of the criterion");
    }
    *assessment->add_scores() = score;
  }
  if (request.scores_size() == funding_call.criteria_size()) return absl::OkStatus();
  return refuse("scores", "must have no criterion that is not the call's");
}

}  // namespace

storage::Placement FundingAssessmentPlacement(const v1::RuleSet& policy,
                                              const v1::FundingAssessment& assessment) {
  storage::Placement placement;
  placement.owner = OwnerOf(assessment.name());
  placement.state = ShortName(v1::FundingAssessmentState_descriptor(), assessment.state());
  const std::set<std::string> parties = {policy.office_agency(), assessment.scorer_agency(),
                                         PersonViewer(assessment.scorer_agency(), assessment.scorer())};
  placement.parties.assign(parties.begin(), parties.end());
  placement.fields["funding_application"] = assessment.funding_application();
  placement.fields["funding_call"] = assessment.funding_call();
  return placement;
}

void FundingAssessmentService::Register(host::Handlers* handlers) {
  using S = FundingAssessmentService;
  handlers->Bind("accord.strategy.v1.FundingAssessmentService", this, &S::Create, &S::Get, &S::List, &S::Save,
                 &S::Submit, &S::Reopen, &S::Recuse);
}

absl::StatusOr<v1::FundingCall> FundingAssessmentService::CallOf(Tx& tx, const std::string& name) {
  v1::FundingCall funding_call;
  ACCORD_RETURN_IF_ERROR(records_.calls.GetAny(tx, name, &funding_call));
  CloseCallWhenDue(clock_->Now(), &funding_call);
  return funding_call;
}

absl::StatusOr<bool> FundingAssessmentService::ReadsAsPanel(const Caller& caller, Tx& tx,
                                                            const v1::FundingCall& funding_call,
                                                            const std::string& application) {
  if (!caller.Has(annotations::v1::ROLE_FUND_PANEL) || PanelMemberOf(funding_call, caller) == nullptr) {
    return false;
  }
  ACCORD_ASSIGN_OR_RETURN(const bool reads, IsReader(tx, application, {caller.agency, caller.actor}));
  if (!reads) return false;
  ACCORD_ASSIGN_OR_RETURN(const Scores scores,
                          evaluation_.ScoresOfApplication(tx, funding_call, application));
  return scores.all_in;
}

FundingAssessmentService::Result FundingAssessmentService::Shown(const Caller& caller,
                                                                 storage::Transaction& tx,
                                                                 const std::string& name) {
  v1::FundingAssessment assessment;
  ACCORD_RETURN_IF_ERROR(records_.assessments.GetAny(tx, name, &assessment));
  if (IsScorerOfAssessment(caller, assessment)) return assessment;
  ACCORD_ASSIGN_OR_RETURN(const v1::FundingCall funding_call, CallOf(tx, assessment.funding_call()));
  ACCORD_ASSIGN_OR_RETURN(const bool panel,
                          ReadsAsPanel(caller, tx, funding_call, assessment.funding_application()));
  if (panel) return assessment;
  if (ActsForOffice(caller)) return AssessmentWithoutScores(std::move(assessment));
  return NotFound();
}

FundingAssessmentService::Result FundingAssessmentService::Create(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::CreateFundingAssessmentRequest& request) {
  v1::FundingAssessment assessment = request.funding_assessment();
  v1::FundingApplication application;
  ACCORD_RETURN_IF_ERROR(ReadApplication(call.caller(), tx, &records_.applications,
                                         assessment.funding_application(), &application));
  // The lock makes the second of two concurrent assignments count the scorer of the first one.
  ACCORD_RETURN_IF_ERROR(LockCall(tx, application.funding_call()));
  ACCORD_ASSIGN_OR_RETURN(const v1::FundingCall funding_call, CallOf(tx, application.funding_call()));
  ACCORD_RETURN_IF_ERROR(CheckCallBeforeDecision(funding_call));
  if (application.state() != v1::FUNDING_APPLICATION_STATE_ELIGIBLE) {
    return Refuse(rules::kNotScreened, "Screen the application first: only eligible ones are scored.");
  }
  ACCORD_RETURN_IF_ERROR(
      applicants_.CheckNoApplicant(tx, application.funding_call(), assessment.scorer_agency()));
  ACCORD_ASSIGN_OR_RETURN(const Scores scores,
                          evaluation_.ScoresOfApplication(tx, funding_call, application.name()));
  if (static_cast<int>(scores.live.size()) >= scores.needed) {
    return Refuse(rules::kScorersSuffice, "The application has the scorers that it needs.");
  }
  assessment.set_name(absl::StrCat(request.parent(), "/fundingAssessments/", NewId(call.now())));
  assessment.set_funding_call(application.funding_call());
  assessment.set_state(v1::FUNDING_ASSESSMENT_STATE_ASSIGNED);
  ACCORD_RETURN_IF_ERROR(KeepUniqueRecord(tx, UniqueRecord::kAssessment, application.name(),
                                          {assessment.scorer_agency(), assessment.scorer()},
                                          assessment.name()));
  ACCORD_RETURN_IF_ERROR(
      records_.assessments.Insert(tx, &assessment, write, FundingAssessmentPlacement(*rules_, assessment)));
  return assessment;
}

FundingAssessmentService::Result FundingAssessmentService::Get(
    host::Call& call, Tx& tx, const v1::GetFundingAssessmentRequest& request) {
  return Shown(call.caller(), tx, request.name());
}

absl::StatusOr<v1::ListFundingAssessmentsResponse> FundingAssessmentService::List(
    host::Call& call, Tx& tx, const v1::ListFundingAssessmentsRequest& request) {
  const Caller& caller = call.caller();
  storage::ListQuery query{
      PersonViewer(caller.agency, caller.actor), {}, request.page_size(), request.page_token(), ""};
  const std::string& name = request.funding_application();
  bool whole = true;
  if (!name.empty()) {
    query.filters.emplace_back("funding_application", name);
    v1::FundingApplication application;
    // The list for an application that the caller may not read equals the list for one that does not exist.
    const absl::Status read = ReadApplication(caller, tx, &records_.applications, name, &application);
    if (read.ok()) {
      ACCORD_ASSIGN_OR_RETURN(const v1::FundingCall funding_call, CallOf(tx, application.funding_call()));
      ACCORD_ASSIGN_OR_RETURN(const bool panel, ReadsAsPanel(caller, tx, funding_call, name));
      whole = panel || !ActsForOffice(caller);
      if (panel || ActsForOffice(caller)) query.viewer = rules_->office_agency();
    } else if (!absl::IsNotFound(read)) {
      return read;
    }
  }
  ACCORD_ASSIGN_OR_RETURN(auto response,
                          records_.assessments.ListInto(
                              tx, query, &v1::ListFundingAssessmentsResponse::mutable_funding_assessments));
  if (whole) return response;
  for (v1::FundingAssessment& each : *response.mutable_funding_assessments()) {
    if (!IsScorerOfAssessment(caller, each)) each = AssessmentWithoutScores(std::move(each));
  }
  return response;
}

FundingAssessmentService::Result FundingAssessmentService::MovedByScorer(host::Call& call, Tx& tx,
                                                                         const std::string& name,
                                                                         const std::string& event) {
  v1::FundingAssessment assessment;
  ACCORD_RETURN_IF_ERROR(records_.assessments.GetAny(tx, name, &assessment));
  if (!IsScorerOfAssessment(call.caller(), assessment)) {
    return Refuse(rules::kNotTheScorer, "Each scorer gives the own scores.");
  }
  ACCORD_ASSIGN_OR_RETURN(const int next, FundingAssessmentLifecycle().Next(assessment.state(), event));
  ACCORD_ASSIGN_OR_RETURN(const v1::FundingCall funding_call, CallOf(tx, assessment.funding_call()));
  if (funding_call.state() != v1::FUNDING_CALL_STATE_EVALUATION) {
    return Refuse(rules::kCallNotAtStep, "Scores are given while the call is evaluated.");
  }
  // The agency behind an application on paper may have been found after the scorer declared.
  ACCORD_RETURN_IF_ERROR(
      applicants_.CheckNoApplicant(tx, assessment.funding_call(), assessment.scorer_agency()));
  assessment.set_state(static_cast<v1::FundingAssessmentState>(next));
  return assessment;
}

FundingAssessmentService::Result FundingAssessmentService::Keep(Tx& tx, const storage::Write& write,
                                                                const std::string& etag,
                                                                v1::FundingAssessment assessment) {
  ACCORD_RETURN_IF_ERROR(records_.assessments.Update(tx, &assessment, etag, write,
                                                     FundingAssessmentPlacement(*rules_, assessment)));
  return assessment;
}

FundingAssessmentService::Result FundingAssessmentService::Save(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::SaveFundingAssessmentRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::FundingAssessment assessment, MovedByScorer(call, tx, request.name(), kSave));
  ACCORD_ASSIGN_OR_RETURN(const v1::FundingCall funding_call, CallOf(tx, assessment.funding_call()));
  ACCORD_RETURN_IF_ERROR(SetAssessmentScores(funding_call, request, &assessment));
  assessment.set_criteria_digest(funding_call.criteria_digest());
  return Keep(tx, write, request.etag(), std::move(assessment));
}

FundingAssessmentService::Result FundingAssessmentService::Submit(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::SubmitFundingAssessmentRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::FundingAssessment assessment, MovedByScorer(call, tx, request.name(), kSubmit));
  return Keep(tx, write, request.etag(), std::move(assessment));
}

FundingAssessmentService::Result FundingAssessmentService::Reopen(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::ReopenFundingAssessmentRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::FundingAssessment assessment, Shown(call.caller(), tx, request.name()));
  ACCORD_ASSIGN_OR_RETURN(const v1::FundingCall funding_call, CallOf(tx, assessment.funding_call()));
  const v1::PanelMember* member = PanelMemberOf(funding_call, call.caller());
  if (member == nullptr || !member->chair()) {
    return Refuse(rules::kNotTheChair, "The chair of the panel gives scores back.");
  }
  ACCORD_RETURN_IF_ERROR(applicants_.CheckNoApplicant(tx, assessment.funding_call(), call.caller().agency));
  // The office sees every assessment, but a chair who is of the office has to declare all the same.
  ACCORD_ASSIGN_OR_RETURN(const bool declared, IsReader(tx, assessment.funding_application(),
                                                        {call.caller().agency, call.caller().actor}));
  if (!declared) {
    return Refuse(rules::kConflictNotDeclared,
                  "Whoever gives scores back has declared first, and has no conflict that was not cleared.");
  }
  ACCORD_ASSIGN_OR_RETURN(const int next, FundingAssessmentLifecycle().Next(assessment.state(), kReopen));
  if (funding_call.state() != v1::FUNDING_CALL_STATE_EVALUATION) {
    return Refuse(rules::kCallNotAtStep, "Scores are given back before the call is decided.");
  }
  assessment.set_state(static_cast<v1::FundingAssessmentState>(next));
  assessment.set_state_reason(request.reason());
  ACCORD_ASSIGN_OR_RETURN(assessment, Keep(tx, write, request.etag(), std::move(assessment)));
  // Now a score is missing again, so the chair no longer reads the scores.
  return AssessmentWithoutScores(std::move(assessment));
}

FundingAssessmentService::Result FundingAssessmentService::Recuse(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::RecuseFundingAssessmentRequest& request) {
  v1::FundingAssessment assessment;
  ACCORD_RETURN_IF_ERROR(records_.assessments.GetAny(tx, request.name(), &assessment));
  const bool own = IsScorerOfAssessment(call.caller(), assessment);
  if (!own && !call.caller().Has(annotations::v1::ROLE_OFFICE_DIRECTOR)) {
    return Refuse(rules::kNotTheScorer, "A scorer leaves, or the director takes a scorer off.");
  }
  ACCORD_ASSIGN_OR_RETURN(const int next, FundingAssessmentLifecycle().Next(assessment.state(), kRecuse));
  ACCORD_ASSIGN_OR_RETURN(const v1::FundingCall funding_call, CallOf(tx, assessment.funding_call()));
  ACCORD_RETURN_IF_ERROR(CheckCallBeforeDecision(funding_call));
  assessment.set_state(static_cast<v1::FundingAssessmentState>(next));
  assessment.set_state_reason(request.reason());
  ACCORD_ASSIGN_OR_RETURN(assessment, Keep(tx, write, request.etag(), std::move(assessment)));
  const Reader person{assessment.scorer_agency(), assessment.scorer()};
  ACCORD_RETURN_IF_ERROR(SetApplicationReader(tx, *rules_, &records_.applications,
                                              assessment.funding_application(), person, false));
  ACCORD_ASSIGN_OR_RETURN(
      const std::string declared,
      UniqueRecordOf(tx, UniqueRecord::kDeclaration, assessment.funding_application(), person));
  if (!declared.empty()) {
    v1::ConflictDeclaration declaration;
    ACCORD_RETURN_IF_ERROR(records_.declarations.GetAny(tx, declared, &declaration));
    declaration.set_state(v1::CONFLICT_DECLARATION_STATE_RECUSED);
    const std::string etag = declaration.etag();
    ACCORD_RETURN_IF_ERROR(records_.declarations.Update(tx, &declaration, etag, write,
                                                        ConflictDeclarationPlacement(*rules_, declaration)));
  }
  return own ? std::move(assessment) : AssessmentWithoutScores(std::move(assessment));
}

}  // namespace accord::strategy
