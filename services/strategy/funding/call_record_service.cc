#include "services/strategy/funding/call_record_service.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "common/base/error.h"
#include "services/strategy/funding/application_access.h"
#include "services/strategy/funding/call_rules.h"
#include "services/strategy/funding/funding_call_service.h"
#include "services/strategy/funding/reader_store.h"

namespace accord::strategy {
namespace {

constexpr int kDeclarationsAtATime = 1000;

bool IsDecided(const v1::FundingCall& funding_call) {
  return funding_call.state() == v1::FUNDING_CALL_STATE_DECIDED ||
         funding_call.state() == v1::FUNDING_CALL_STATE_CONTRACTED;
}

void AddAssessment(const v1::FundingAssessment& assessment, v1::RecordedApplication* recorded) {
  v1::RecordedAssessment* row = recorded->add_assessments();
  row->set_scorer_agency(assessment.scorer_agency());
  row->set_scorer(assessment.scorer());
  row->set_recused(assessment.state() == v1::FUNDING_ASSESSMENT_STATE_RECUSED);
  for (const v1::CriterionScore& score : assessment.scores()) {
    v1::CriterionScore* points = row->add_scores();
    points->set_criterion(score.criterion());
    if (score.has_points()) points->set_points(score.points());
  }
}

// What the office and the panel see of every application.
void AddStructure(const Evaluated& each, v1::RecordedApplication* recorded) {
  recorded->set_funding_application(each.application.name());
  recorded->set_applicant_title(each.application.applicant_title());
  recorded->set_project_title(each.application.content().project_title());
  recorded->set_state(each.application.state());
  recorded->set_admitted_late(each.application.admitted_late());
  recorded->set_late_reason(each.application.late_reason());
  recorded->set_assessments_needed(each.scores.needed);
  for (const v1::FundingAssessment& assessment : each.scores.live) {
    if (assessment.state() != v1::FUNDING_ASSESSMENT_STATE_SUBMITTED) continue;
    recorded->set_assessments_submitted(recorded->assessments_submitted() + 1);
  }
  if (each.application.has_awarded_cents()) recorded->set_awarded_cents(each.application.awarded_cents());
}

void AddPlace(const Evaluated& each, v1::RecordedApplication* recorded) {
  recorded->set_rank(each.ranked->rank);
  recorded->set_tied(each.ranked->tied);
  recorded->set_told_apart_by(each.ranked->told_apart_by);
  recorded->set_score_numerator(each.ranked->numerator);
  recorded->set_score_denominator(each.ranked->denominator);
  for (const v1::FundingAssessment& assessment : each.scores.live) AddAssessment(assessment, recorded);
  for (const v1::FundingAssessment& assessment : each.scores.recused) AddAssessment(assessment, recorded);
  if (!each.decision) return;
  recorded->set_recommendation(each.decision->recommendation());
  if (each.decision->has_amount_cents()) recorded->set_recommended_cents(each.decision->amount_cents());
}

}  // namespace

void CallRecordService::Register(host::Handlers* handlers) {
  using S = CallRecordService;
  handlers->Bind("accord.strategy.v1.FundingRecordService", this, &S::Get);
}

absl::Status CallRecordService::CountDeclarations(Tx& tx, v1::FundingCallRecord* record) {
  const storage::ListQuery query{rules_->office_agency(),
                                 {{"funding_call", record->funding_call().name()}},
                                 kDeclarationsAtATime,
                                 "",
                                 ""};
  ACCORD_ASSIGN_OR_RETURN(const auto declarations,
                          declarations_.ListEvery<v1::ConflictDeclaration>(tx, query));
  for (const v1::ConflictDeclaration& declaration : declarations) {
    switch (declaration.state()) {
      case v1::CONFLICT_DECLARATION_STATE_NONE:
        record->set_declarations_none(record->declarations_none() + 1);
        break;
      case v1::CONFLICT_DECLARATION_STATE_WAITING:
        record->set_declarations_waiting(record->declarations_waiting() + 1);
        break;
      case v1::CONFLICT_DECLARATION_STATE_CLEARED:
        record->set_declarations_cleared(record->declarations_cleared() + 1);
        break;
      case v1::CONFLICT_DECLARATION_STATE_RECUSED:
        record->set_declarations_recused(record->declarations_recused() + 1);
        break;
      default:
        break;
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> CallRecordService::ReadsScores(const Caller& caller, Tx& tx,
                                                    const v1::FundingCall& funding_call,
                                                    const Evaluated& each) {
  if (!each.ranked) return false;
  if (ActsForOffice(caller) && IsDecided(funding_call)) return true;
  if (!caller.Has(annotations::v1::ROLE_FUND_PANEL) || PanelMemberOf(funding_call, caller) == nullptr) {
    return false;
  }
  return IsReader(tx, each.application.name(), {caller.agency, caller.actor});
}

absl::StatusOr<v1::FundingCallRecord> CallRecordService::Get(host::Call& call, Tx& tx,
                                                             const v1::GetFundingCallRecordRequest& request) {
  const Caller& caller = call.caller();
  v1::FundingCall funding_call;
  ACCORD_RETURN_IF_ERROR(calls_.Get(tx, request.name(), caller.agency, &funding_call));
  Settle(clock_->Now(), &funding_call);
  const bool on_panel =
      caller.Has(annotations::v1::ROLE_FUND_PANEL) && PanelMemberOf(funding_call, caller) != nullptr;
  if (!on_panel && !ActsForOffice(caller)) return NotFound();
  if (!IsDecided(funding_call) && funding_call.state() != v1::FUNDING_CALL_STATE_EVALUATION) {
    return Refuse(rules::kCallNotAtStep, "A call has a record once it is evaluated.");
  }
  v1::FundingCallRecord record;
  *record.mutable_funding_call() = ShownTo(caller, *rules_, funding_call);
  ACCORD_RETURN_IF_ERROR(CountDeclarations(tx, &record));
  ACCORD_ASSIGN_OR_RETURN(const std::vector<Evaluated> all, evaluation_.All(tx, funding_call));
  std::vector<v1::RecordedApplication> ranked, others;
  for (const Evaluated& each : all) {
    v1::RecordedApplication recorded;
    AddStructure(each, &recorded);
    ACCORD_ASSIGN_OR_RETURN(const bool reads, ReadsScores(caller, tx, funding_call, each));
    if (reads) AddPlace(each, &recorded);
    (reads ? ranked : others).push_back(std::move(recorded));
  }
  // The order itself tells nothing to who may not read it.
  std::sort(others.begin(), others.end(),
            [](const auto& a, const auto& b) { return a.funding_application() < b.funding_application(); });
  for (auto& each : ranked) *record.add_applications() = std::move(each);
  for (auto& each : others) *record.add_applications() = std::move(each);
  if (IsDecided(funding_call)) record.set_order_sha256(OrderDigest(funding_call, all));
  return record;
}

}  // namespace accord::strategy
