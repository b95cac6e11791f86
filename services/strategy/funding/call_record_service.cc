#include "services/strategy/funding/call_record_service.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/digest.h"
#include "common/base/encoding.h"
#include "common/base/error.h"
#include "services/strategy/funding/call_steps.h"
#include "services/strategy/funding/funding_call_service.h"
#include "services/strategy/funding/panel_rules.h"
#include "services/strategy/funding/reader_store.h"
#include "services/strategy/office_staff.h"

namespace accord::strategy {
namespace {

constexpr int kDeclarationsAtATime = 1000;

void AddAssessmentToRecord(const v1::FundingAssessment& assessment, v1::RecordedApplication* recorded) {
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

// This adds what the office and the panel see of every application.
void AddOutlineToRecord(const Evaluated& each, v1::RecordedApplication* recorded) {
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

void AddRankToRecord(const Evaluated& each, v1::RecordedApplication* recorded) {
  recorded->set_rank(each.ranked->rank);
  recorded->set_tied(each.ranked->tied);
  recorded->set_told_apart_by(each.ranked->told_apart_by);
  recorded->set_score_numerator(each.ranked->numerator);
  recorded->set_score_denominator(each.ranked->denominator);
  for (const v1::FundingAssessment& assessment : each.scores.live)
    AddAssessmentToRecord(assessment, recorded);
  for (const v1::FundingAssessment& assessment : each.scores.recused)
    AddAssessmentToRecord(assessment, recorded);
  if (!each.decision) return;
  recorded->set_recommendation(each.decision->recommendation());
  if (each.decision->has_amount_cents()) recorded->set_recommended_cents(each.decision->amount_cents());
}

// This tells whether the caller may read which rank the application has and why. `declared` has the
// applications that a member of the call's panel reads, and is empty for everybody else.
bool ReadsRankInRecord(const Caller& caller, const v1::FundingCall& funding_call,
                       const std::set<std::string>& declared, const Evaluated& each) {
  if (!each.ranked) return false;
  return (ActsForOffice(caller) && IsCallDecided(funding_call)) || declared.contains(each.application.name());
}

// This gives the scope of a page token, which is valid for one reader, one order and the part of it that this
// reader may read.
std::string RecordPageScope(const Caller& caller, const v1::FundingCall& funding_call,
                            const std::string& order, const std::vector<const Evaluated*>& applications,
                            std::size_t with_place) {
  std::string all = absl::StrCat("funding_call_record\n", caller.agency, "\n", caller.actor, "\n",
                                 funding_call.name(), "\n", order, "\n", with_place);
  for (const Evaluated* each : applications) absl::StrAppend(&all, "\n", each->application.name());
  return Hex(Sha256(all));
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

absl::Status CallRecordService::AddPage(const v1::GetFundingCallRecordRequest& request,
                                        const std::string& scope,
                                        const std::vector<const Evaluated*>& applications,
                                        std::size_t with_place, v1::FundingCallRecord* record) const {
  ACCORD_ASSIGN_OR_RETURN(const int limit, storage::PageSize(request.page_size()));
  std::size_t at = 0;
  if (!request.page_token().empty()) {
    ACCORD_ASSIGN_OR_RETURN(const std::string position, tokens_->Open(scope, request.page_token()));
    if (!absl::SimpleAtoi(position, &at)) return absl::InternalError("page token");
  }
  storage::PageBytes bytes;
  for (; at < applications.size() && record->applications_size() < limit; ++at) {
    v1::RecordedApplication recorded;
    AddOutlineToRecord(*applications[at], &recorded);
    if (at < with_place) AddRankToRecord(*applications[at], &recorded);
    if (!bytes.Take(recorded.ByteSizeLong())) break;
    *record->add_applications() = std::move(recorded);
  }
  if (at < applications.size()) record->set_next_page_token(tokens_->Seal(scope, absl::StrCat(at)));
  return absl::OkStatus();
}

absl::StatusOr<v1::FundingCallRecord> CallRecordService::Get(host::Call& call, Tx& tx,
                                                             const v1::GetFundingCallRecordRequest& request) {
  const Caller& caller = call.caller();
  v1::FundingCall funding_call;
  ACCORD_RETURN_IF_ERROR(calls_.Get(tx, request.name(), caller.agency, &funding_call));
  CloseCallWhenDue(clock_->Now(), &funding_call);
  const bool on_panel =
      caller.Has(annotations::v1::ROLE_FUND_PANEL) && PanelMemberOf(funding_call, caller) != nullptr;
  if (!on_panel && !ActsForOffice(caller)) return NotFound();
  if (!IsCallDecided(funding_call) && funding_call.state() != v1::FUNDING_CALL_STATE_EVALUATION) {
    return Refuse(rules::kCallNotAtStep, "A call has a record once it is evaluated.");
  }
  v1::FundingCallRecord record;
  *record.mutable_funding_call() = FundingCallShownTo(caller, *rules_, funding_call);
  ACCORD_RETURN_IF_ERROR(CountDeclarations(tx, &record));
  ACCORD_ASSIGN_OR_RETURN(const std::vector<Evaluated> all, evaluation_.All(tx, funding_call));
  std::set<std::string> declared;
  if (on_panel) {
    ACCORD_ASSIGN_OR_RETURN(declared, ApplicationsReadBy(tx, {caller.agency, caller.actor}));
  }
  std::vector<const Evaluated*> shown, others;
  for (const Evaluated& each : all) {
    (ReadsRankInRecord(caller, funding_call, declared, each) ? shown : others).push_back(&each);
  }
  // Applications without a shown rank are sorted by name, so that their order reveals nothing.
  std::sort(others.begin(), others.end(), [](const Evaluated* a, const Evaluated* b) {
    return a->application.name() < b->application.name();
  });
  const std::size_t with_place = shown.size();
  shown.insert(shown.end(), others.begin(), others.end());
  const std::string order = EvaluationOrderDigest(funding_call, all);
  if (IsCallDecided(funding_call)) record.set_order_sha256(order);
  const std::string scope = RecordPageScope(caller, funding_call, order, shown, with_place);
  ACCORD_RETURN_IF_ERROR(AddPage(request, scope, shown, with_place, &record));
  return record;
}

}  // namespace accord::strategy
