#include "services/intelligence/reports/report_service.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/records/gone.h"
#include "common/storage/records/schedule.h"
#include "services/intelligence/contains.h"
#include "services/intelligence/due_times.h"
#include "services/intelligence/lifecycles.h"
#include "services/intelligence/report_checks.h"
#include "services/intelligence/report_content.h"
#include "services/intelligence/report_placement.h"
#include "services/intelligence/report_use.h"
#include "services/intelligence/sharing/copy_store.h"

namespace accord::intelligence {
namespace {

using v1::Report;

constexpr char kReportKind[] = "report";

// The reference to the register means something only inside the originator's agency.
void HideSource(host::Call& call, const std::string& originator) {
  if (call.caller().agency != originator) call.Withhold(annotations::v1::SENSITIVE_CLASS_SOURCE);
}

void NoteHandling(host::Call& call, Report* report) {
  auto* change = report->add_handling_changes();
  change->set_handling(report->handling());
  *change->mutable_recipients() = report->recipients();
  change->set_by(call.caller().actor);
  *change->mutable_at() = ToProto(call.now());
}

}  // namespace

void ReportService::Register(host::Handlers* handlers) {
  using S = ReportService;
  handlers->Bind("accord.intelligence.v1.ReportService", this, &S::Create, &S::UpdateDraft, &S::Get, &S::List,
                 &S::Submit, &S::Grade, &S::Decide, &S::SetHandling, &S::Recall, &S::Validate);
}

ReportService::Result ReportService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                            const v1::CreateReportRequest& request) {
  Report report = request.report();
  report.set_name(absl::StrCat(request.parent(), "/reports/", NewId(call.now())));
  report.set_state(v1::REPORT_STATE_DRAFT);
  report.set_submitter(call.caller().actor);
  // The caveat is on by default: onward dissemination goes back to the originator.
  if (!Contains(report.caveats(), v1::CAVEAT_THIRD_PARTY_RULE))
    report.add_caveats(v1::CAVEAT_THIRD_PARTY_RULE);
  ACCORD_RETURN_IF_ERROR(CheckReport(*rules_, report, OntarioDay(call.now())));
  NoteHandling(call, &report);
  report.set_digest(DigestOf(report));
  report.set_review_due(ReviewDue(*rules_, report, OntarioDay(call.now())));
  ACCORD_RETURN_IF_ERROR(reports_.Insert(tx, &report, write, PlacementOf(report, rules_->bureau())));
  ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, kReportKind, report.name(), NextDue(*rules_, report)));
  return report;
}

ReportService::Result ReportService::Open(host::Call& call, Tx& tx, const std::string& name,
                                          const std::string& event) {
  Report report;
  ACCORD_RETURN_IF_ERROR(reports_.Get(tx, name, call.caller().agency, &report));
  HideSource(call, OwnerOf(name));
  if (!event.empty()) {
    ACCORD_ASSIGN_OR_RETURN(const int next, ReportLifecycle().Next(report.state(), event));
    report.set_state(static_cast<v1::ReportState>(next));
  }
  return report;
}

ReportService::Result ReportService::Keep(host::Call& call, Tx& tx, const storage::Write& write,
                                          const std::string& etag, Report report) {
  HideSource(call, OwnerOf(report.name()));
  ACCORD_RETURN_IF_ERROR(reports_.Update(tx, &report, etag, write, PlacementOf(report, rules_->bureau())));
  ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, kReportKind, report.name(), NextDue(*rules_, report)));
  return report;
}

ReportService::Result ReportService::UpdateDraft(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::UpdateReportDraftRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(const Report before, Open(call, tx, request.report().name(), "edit"));
  Report report = request.report();
  report.set_state(before.state());
  report.set_submitter(call.caller().actor);
  *report.mutable_create_time() = before.create_time();
  *report.mutable_grades() = before.grades();
  *report.mutable_handling_changes() = before.handling_changes();
  // The author who revises the report still reads why it came back.
  report.set_decision_reason(before.decision_reason());
  if (!Contains(report.caveats(), v1::CAVEAT_THIRD_PARTY_RULE))
    report.add_caveats(v1::CAVEAT_THIRD_PARTY_RULE);
  ACCORD_RETURN_IF_ERROR(CheckReport(*rules_, report, OntarioDay(call.now())));
  NoteHandling(call, &report);
  report.set_digest(DigestOf(report));
  // The time counts from the draft's creation, so that edits do not prolong the life of a draft that
  // nobody admits.
  report.set_review_due(ReviewDue(*rules_, report, OntarioDay(FromProto(before.create_time()))));
  return Keep(call, tx, write, request.report().etag(), std::move(report));
}

ReportService::Result ReportService::Get(host::Call& call, Tx& tx, const v1::GetReportRequest& request) {
  return Open(call, tx, request.name(), "");
}

absl::StatusOr<v1::ListReportsResponse> ReportService::List(host::Call& call, Tx& tx,
                                                            const v1::ListReportsRequest& request) {
  const storage::ListQuery query = storage::QueryOf(call.caller().agency, request);
  ACCORD_ASSIGN_OR_RETURN(auto page, reports_.List<Report>(tx, query));
  v1::ListReportsResponse response;
  for (auto& report : page.items) {
    HideSource(call, OwnerOf(report.name()));
    *response.add_reports() = std::move(report);
  }
  response.set_next_page_token(page.next_page_token);
  return response;
}

ReportService::Result ReportService::Submit(host::Call& call, Tx& tx, const storage::Write& write,
                                            const v1::SubmitReportRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Report report, Open(call, tx, request.name(), "submit"));
  report.set_submitter(call.caller().actor);
  report.clear_decision_reason();
  return Keep(call, tx, write, request.etag(), std::move(report));
}

ReportService::Result ReportService::Grade(host::Call& call, Tx& tx, const storage::Write& write,
                                           const v1::GradeReportRequest& request) {
  const Caller& caller = call.caller();
  ACCORD_ASSIGN_OR_RETURN(const Report before, Open(call, tx, request.name(), ""));
  if (before.state() == v1::REPORT_STATE_SUBMITTED && caller.agency != rules_->bureau()) {
    return Refuse(rules::kNotTheBureau, "The first grade is the bureau's.");
  }
  ACCORD_ASSIGN_OR_RETURN(Report report, Open(call, tx, request.name(), "grade"));
  auto* grade = report.add_grades();
  grade->set_source_reliability(request.source_reliability());
  grade->set_information_validity(request.information_validity());
  grade->set_by_agency(call.caller().agency);
  grade->set_by(call.caller().actor);
  grade->set_on(FormatDay(OntarioDay(call.now())));
  return Keep(call, tx, write, request.etag(), std::move(report));
}

ReportService::Result ReportService::Decide(host::Call& call, Tx& tx, const storage::Write& write,
                                            const v1::DecideReportRequest& request) {
  const std::string& event = request.event();
  // The coordinator decides these events of the table, and others decide the rest.
  const bool decision = event == "activate" || event == "return" || event == "reject";
  ACCORD_ASSIGN_OR_RETURN(Report report, Open(call, tx, request.name(), decision ? event : "none"));
  if (event == "activate") {
    report.set_review_due(ReviewDue(*rules_, report, OntarioDay(call.now())));
  } else if (request.reason().empty()) {
    return Refuse(rules::kReasonRequired,
                  "A report that is returned or rejected says to its originator why.");
  }
  report.set_decision_reason(event == "activate" ? "" : request.reason());
  return Keep(call, tx, write, request.etag(), std::move(report));
}

ReportService::Result ReportService::SetHandling(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::SetReportHandlingRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Report report, Open(call, tx, request.name(), ""));
  report.set_handling(request.handling());
  *report.mutable_recipients() = request.recipients();
  // The text was written under the rules of its day and can no longer change, which must not keep the report
  // open to others.
  ACCORD_RETURN_IF_ERROR(CheckReportHandling(report));
  NoteHandling(call, &report);
  ACCORD_ASSIGN_OR_RETURN(Report handled, Keep(call, tx, write, request.etag(), std::move(report)));
  ACCORD_RETURN_IF_ERROR(TellCopyHolders(tx, handled.name(), write));
  return handled;
}

ReportService::Result ReportService::Recall(host::Call& call, Tx& tx, const storage::Write& write,
                                            const v1::RecallReportRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Report report, Open(call, tx, request.name(), "recall"));
  // A draft is visible to its originator only; even its name is hidden from the bureau.
  Report seen;
  const absl::Status had = reports_.Get(tx, report.name(), rules_->bureau(), &seen);
  if (!had.ok() && !absl::IsNotFound(had)) return had;
  report.set_recall_reason(request.reason());
  // The bureau's proposal was about a report in use; now the originator decides.
  report.clear_purge_proposed_by();
  ACCORD_RETURN_IF_ERROR(derived_.VoidAgreements(tx, report, write));
  ACCORD_ASSIGN_OR_RETURN(Report recalled, Keep(call, tx, write, request.etag(), std::move(report)));
  ACCORD_RETURN_IF_ERROR(TellCopyHoldersOfRecall(tx, recalled.name(), write));
  if (had.ok() && OwnerOf(recalled.name()) != rules_->bureau()) {
    ACCORD_RETURN_IF_ERROR(storage::TellGone(tx, kReportKind, recalled.name(), storage::Gone::kRecalled,
                                             {rules_->bureau()}, write.now));
  }
  return recalled;
}

ReportService::Result ReportService::Validate(host::Call& call, Tx& tx, const storage::Write& write,
                                              const v1::ValidateReportRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Report report, Open(call, tx, request.name(), "validate"));
  if (YouthAccessEnded(report, call.now())) {
    return Refuse(rules::kYouthAccessEnded, "Access ended under s. 119 YCJA.");
  }
  report.clear_purge_proposed_by();
  report.set_review_due(ReviewDue(*rules_, report, OntarioDay(call.now())));
  return Keep(call, tx, write, request.etag(), std::move(report));
}

absl::Status ReportService::PassTime(Tx& tx, const std::string& name, absl::Time now) {
  Report report;
  ACCORD_RETURN_IF_ERROR(reports_.GetAny(tx, name, &report));
  const storage::Write write{"platform", "calendar", NewId(now), now};
  const bool ended = YouthAccessEnded(report, now);
  const std::string event = ended ? "end_youth_access" : InUse(report) ? "fall_due" : "lapse";
  const auto next = ReportLifecycle().Next(report.state(), event);
  const bool due = ended || FormatDay(OntarioDay(now)) >= DueEndOfReport(*rules_, report);
  if (!next.ok() || !due) {
    return storage::Schedule(tx, kReportKind, name, next.ok() ? NextDue(*rules_, report) : std::nullopt);
  }
  if (event == "lapse") {
    return derived_.Purge(tx, report, "not in use when its time was over", write).status();
  }
  report.set_state(static_cast<v1::ReportState>(*next));
  const std::string etag = report.etag();
  ACCORD_RETURN_IF_ERROR(reports_.Update(tx, &report, etag, write, PlacementOf(report, rules_->bureau())));
  if (!ended) return storage::Schedule(tx, kReportKind, name, NextDue(*rules_, report));
  return derived_.Seal(tx, report, "s. 119 YCJA: access ended", write);
}

}  // namespace accord::intelligence
