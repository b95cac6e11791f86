#include "services/strategy/reports/progress_report_service.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/strategy/days.h"
#include "services/strategy/lifecycles.h"
#include "services/strategy/placements.h"
#include "services/strategy/reports/report_content.h"

namespace accord::strategy {
namespace {

// This gives the placement of a report. The office and the ministries that it names see it before it is
// published, and everybody sees it afterwards.
storage::Placement ReportPlacement(const v1::ProgressReport& report) {
  const std::string state = ShortName(v1::ProgressReportState_descriptor(), report.state());
  storage::Placement placement = PublicPlacement(report.name(), state, {{"state", state}});
  if (!report.restates().empty()) placement.fields["restates"] = report.restates();
  if (report.state() == v1::PROGRESS_REPORT_STATE_PUBLISHED) return placement;
  std::set<std::string> parties(report.ministries().begin(), report.ministries().end());
  parties.insert(placement.owner);
  placement.parties.assign(parties.begin(), parties.end());
  return placement;
}

absl::Status CheckReportDigest(const std::string& read, const v1::ProgressReport& report) {
  if (read == report.digest()) return absl::OkStatus();
  return Refuse(rules::kDigestMismatch, "Read the report again, and decide on what it says now.");
}

}  // namespace

void ProgressReportService::Register(host::Handlers* handlers) {
  using S = ProgressReportService;
  handlers->Bind("accord.strategy.v1.ProgressReportService", this, &S::Create, &S::Get, &S::List, &S::Revise,
                 &S::Confirm, &S::Approve, &S::Publish, &S::Restate);
}

absl::Status ProgressReportService::CheckSentence(Tx& tx, const Report& report,
                                                  const v1::ReportSentence& sentence) {
  if (!sentence.initiative().empty()) {
    v1::Initiative initiative;
    ACCORD_RETURN_IF_ERROR(initiatives_.Get(tx, sentence.initiative(), rules_->office_agency(), &initiative));
    ACCORD_RETURN_IF_ERROR(CheckTense(sentence, initiative, report.as_of()));
  }
  if (sentence.legislative_initiative().empty()) return absl::OkStatus();
  v1::LegislativeInitiative bill;
  ACCORD_RETURN_IF_ERROR(bills_.Get(tx, sentence.legislative_initiative(), rules_->office_agency(), &bill));
  const bool known = std::any_of(
      bill.sections().begin(), bill.sections().end(),
      [&](const v1::LegislativeSection& section) { return section.range() == sentence.section_range(); });
  if (known) return absl::OkStatus();
  return Refuse(rules::kActSectionUnknown, "Name a section of the record, written as it stands there.");
}

absl::Status ProgressReportService::ComposeReport(Tx& tx, Report* report) {
  ACCORD_RETURN_IF_ERROR(CheckSentences(*report));
  for (const v1::ReportSection& section : report->sections()) {
    for (const v1::ReportSentence& sentence : section.sentences()) {
      ACCORD_RETURN_IF_ERROR(CheckSentence(tx, *report, sentence));
    }
  }
  ACCORD_RETURN_IF_ERROR(figures_.Bind(tx, report));
  NameMinistries(report);
  report->clear_confirmations();
  report->clear_approve_time();
  report->set_digest(ReportDigest(*report));
  return absl::OkStatus();
}

ProgressReportService::Result ProgressReportService::Create(host::Call& call, Tx& tx,
                                                            const storage::Write& write,
                                                            const v1::CreateProgressReportRequest& request) {
  Report report = request.progress_report();
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(call, "progress_report.as_of", report.as_of()));
  report.set_name(absl::StrCat(request.parent(), "/progressReports/", report.progress_report_id()));
  report.set_edition(1);
  report.set_state(v1::PROGRESS_REPORT_STATE_DRAFT);
  ACCORD_RETURN_IF_ERROR(ComposeReport(tx, &report));
  ACCORD_RETURN_IF_ERROR(reports_.Insert(tx, &report, write, ReportPlacement(report)));
  return report;
}

ProgressReportService::Result ProgressReportService::Get(host::Call& call, Tx& tx,
                                                         const v1::GetProgressReportRequest& request) {
  Report report;
  ACCORD_RETURN_IF_ERROR(reports_.Get(tx, request.name(), call.caller().agency, &report));
  return report;
}

absl::StatusOr<v1::ListProgressReportsResponse> ProgressReportService::List(
    host::Call& call, Tx& tx, const v1::ListProgressReportsRequest& request) {
  return reports_.ListInto(tx, {call.caller().agency, {}, request.page_size(), request.page_token(), ""},
                           &v1::ListProgressReportsResponse::mutable_progress_reports);
}

ProgressReportService::Result ProgressReportService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                                           const std::string& event) {
  Report report;
  ACCORD_RETURN_IF_ERROR(reports_.Get(tx, name, call.caller().agency, &report));
  ACCORD_ASSIGN_OR_RETURN(const int next, ProgressReportLifecycle().Next(report.state(), event));
  report.set_state(static_cast<v1::ProgressReportState>(next));
  return report;
}

ProgressReportService::Result ProgressReportService::Keep(Tx& tx, const storage::Write& write,
                                                          const std::string& etag, Report report) {
  ACCORD_RETURN_IF_ERROR(reports_.Update(tx, &report, etag, write, ReportPlacement(report)));
  return report;
}

ProgressReportService::Result ProgressReportService::Revise(host::Call& call, Tx& tx,
                                                            const storage::Write& write,
                                                            const v1::ReviseProgressReportRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Report report, Moved(call, tx, request.name(), kRevise));
  report.set_title(request.title());
  report.set_title_fr(request.title_fr());
  *report.mutable_sections() = request.sections();
  ACCORD_RETURN_IF_ERROR(ComposeReport(tx, &report));
  return Keep(tx, write, request.etag(), std::move(report));
}

ProgressReportService::Result ProgressReportService::Confirm(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::ConfirmProgressReportRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Report report, Moved(call, tx, request.name(), kConfirm));
  ACCORD_RETURN_IF_ERROR(CheckReportDigest(request.digest(), report));
  for (const v1::ReportConfirmation& each : report.confirmations()) {
    if (each.ministry() == call.caller().agency) {
      return Refuse(rules::kAlreadyRecorded, "This ministry has confirmed the report as it is.");
    }
  }
  ACCORD_RETURN_IF_ERROR(figures_.CheckBound(tx, report));
  v1::ReportConfirmation* confirmation = report.add_confirmations();
  confirmation->set_ministry(call.caller().agency);
  *confirmation->mutable_confirm_time() = ToProto(call.now());
  // The event of the last confirmation leads from the same state, so the state can be set here.
  if (report.confirmations_size() == report.ministries_size()) {
    report.set_state(v1::PROGRESS_REPORT_STATE_MINISTRY_CONFIRMED);
  }
  return Keep(tx, write, request.etag(), std::move(report));
}

ProgressReportService::Result ProgressReportService::Approve(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::ApproveProgressReportRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Report report, Moved(call, tx, request.name(), kApprove));
  ACCORD_RETURN_IF_ERROR(CheckReportDigest(request.digest(), report));
  *report.mutable_approve_time() = ToProto(call.now());
  return Keep(tx, write, request.etag(), std::move(report));
}

absl::Status ProgressReportService::CheckFirstReportOfDay(Tx& tx, const Report& report) {
  if (!report.restates().empty()) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(
      const auto published,
      reports_.ListEvery<Report>(tx, {rules_->office_agency(), {{"state", "published"}}, 1000, "", ""}));
  for (const Report& each : published) {
    if (each.as_of() != report.as_of()) continue;
    return Refuse(rules::kReportOfDayPublished, "Have the director restate the report of this day.");
  }
  return absl::OkStatus();
}

ProgressReportService::Result ProgressReportService::Publish(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::PublishProgressReportRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Report report, Moved(call, tx, request.name(), kPublish));
  ACCORD_RETURN_IF_ERROR(CheckFirstReportOfDay(tx, report));
  // A concurrent correction of a figure happens either before this transaction or after it.
  ACCORD_RETURN_IF_ERROR(figures_.CheckBound(tx, report));
  *report.mutable_publish_time() = ToProto(call.now());
  return Keep(tx, write, request.etag(), std::move(report));
}

ProgressReportService::Result ProgressReportService::Restate(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::RestateProgressReportRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(const Report before, Moved(call, tx, request.name(), kRestate));
  // The published edition is not updated here, so nothing else would compare the etags.
  if (before.etag() != request.etag()) {
    return Refuse(rules::kEtagMismatch, "Read the report again, and decide anew.");
  }
  ACCORD_ASSIGN_OR_RETURN(
      const auto others,
      reports_.List<Report>(tx, {rules_->office_agency(), {{"restates", before.name()}}, 1, "", ""}));
  if (!others.items.empty()) {
    return Refuse(rules::kReportRestated, "Restate the newest edition, or finish the one that is under way.");
  }
  Report report;
  report.set_progress_report_id(request.progress_report_id());
  report.set_name(
      absl::StrCat("agencies/", OwnerOf(before.name()), "/progressReports/", request.progress_report_id()));
  report.set_as_of(before.as_of());
  report.set_title(before.title());
  report.set_title_fr(before.title_fr());
  *report.mutable_sections() = before.sections();
  report.set_state(v1::PROGRESS_REPORT_STATE_DRAFT);
  report.set_edition(before.edition() + 1);
  report.set_restates(before.name());
  report.set_restate_reason(request.reason());
  ACCORD_RETURN_IF_ERROR(ComposeReport(tx, &report));
  ACCORD_RETURN_IF_ERROR(reports_.Insert(tx, &report, write, ReportPlacement(report)));
  return report;
}

}  // namespace accord::strategy
