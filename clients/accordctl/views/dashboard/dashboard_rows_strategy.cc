// This is what waits for those who run the strategy and its funds: the office, ministries, scorers, the panel
// and the organisations that apply. A line names the record, and no applicant and no score.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "clients/accordctl/views/dashboard/dashboard.h"
#include "clients/accordctl/views/dashboard/waiting_line.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

namespace st = strategy::v1;

// The end of this day; nothing is due on a day that is none.
std::optional<absl::Time> StrategyDueAtEndOf(const std::string& day) {
  const auto parsed = ParseDay(day);
  return parsed ? std::optional(EndOfDay(*parsed)) : std::nullopt;
}

bool SitsOnPanel(const Viewer& viewer, const st::FundingCall& call) {
  return std::any_of(call.panel().begin(), call.panel().end(), [&](const st::PanelMember& member) {
    return member.agency() == viewer.agency && member.person() == viewer.actor;
  });
}

// This is what is to be done next about an application, and the verb for it. Both are empty where nothing
// waits for the viewer.
struct Step {
  std::string what, verb;
};

Step StepOf(const Viewer& viewer, const st::FundingCall& call, const st::FundingApplication& application) {
  const bool closed = call.state() == st::FUNDING_CALL_STATE_CLOSED;
  const bool own = OwnerOf(application.name()) == viewer.agency;
  switch (application.state()) {
    case st::FUNDING_APPLICATION_STATE_STARTED:
      if (own && call.state() == st::FUNDING_CALL_STATE_OPEN) return {"submit", "submit"};
      if (viewer.office && closed && !application.late_reason().empty()) {
        return {"admit it late", "admit-late"};
      }
      // Paper that is with the office has come in time.
      if (viewer.office && closed && application.has_received_at()) {
        return {"propose to admit it late", "propose-late"};
      }
      return {};
    case st::FUNDING_APPLICATION_STATE_SUBMITTED:
      if (!viewer.office || !closed) return {};
      if (application.ineligible_proposed()) return {"confirm the finding", "confirm-ineligible"};
      return {"screen", "screen"};
    case st::FUNDING_APPLICATION_STATE_ELIGIBLE:
      if (viewer.office && call.state() == st::FUNDING_CALL_STATE_DECIDED) {
        return {"approve or decline", "approve"};
      }
      if (call.state() == st::FUNDING_CALL_STATE_EVALUATION && SitsOnPanel(viewer, call) &&
          !viewer.recommended.contains(application.name())) {
        return {"recommend or not", "get"};
      }
      return {};
    case st::FUNDING_APPLICATION_STATE_APPROVED:
      if (viewer.office) return {"agree on the award", "get"};
      return {};
    default:
      return {};
  }
}

bool IsOver(const st::FundingCall& call) {
  return call.state() == st::FUNDING_CALL_STATE_DECIDED ||
         call.state() == st::FUNDING_CALL_STATE_CONTRACTED ||
         call.state() == st::FUNDING_CALL_STATE_CANCELLED;
}

}  // namespace

void AddWaiting(const Viewer& viewer, const st::FundingApplication& application,
                std::vector<Waiting>* waiting) {
  const auto call = viewer.calls.find(application.funding_call());
  if (call == viewer.calls.end()) return;
  const Step step = StepOf(viewer, call->second, application);
  if (step.what.empty()) return;
  Waiting line = WaitingLine("funding-application", application.name(),
                             ShortName(st::FundingApplicationState_descriptor(), application.state()),
                             step.what, step.verb);
  if (step.what == "submit") line.due = FromProto(call->second.closes_at());
  waiting->push_back(std::move(line));
}

void AddWaiting(const Viewer& viewer, const st::FundingAssessment& assessment,
                std::vector<Waiting>* waiting) {
  if (assessment.scorer_agency() != viewer.agency) return;
  const auto call = viewer.calls.find(assessment.funding_call());
  if (call != viewer.calls.end() && IsOver(call->second)) return;
  const bool assigned = assessment.state() == st::FUNDING_ASSESSMENT_STATE_ASSIGNED;
  if (!assigned && assessment.state() != st::FUNDING_ASSESSMENT_STATE_DECLARED &&
      assessment.state() != st::FUNDING_ASSESSMENT_STATE_DRAFTED) {
    return;
  }
  const bool drafted = assessment.state() == st::FUNDING_ASSESSMENT_STATE_DRAFTED;
  Waiting line = WaitingLine("funding-assessment", assessment.name(),
                             ShortName(st::FundingAssessmentState_descriptor(), assessment.state()),
                             assigned ? "declare a conflict or none" : "assess",
                             assigned  ? "get"
                             : drafted ? "submit"
                                       : "save");
  line.assignee = assessment.scorer();
  if (!viewer.actor.empty() && assessment.scorer() == viewer.actor) line.turn = Turn::kMine;
  waiting->push_back(std::move(line));
}

void AddWaiting(const Viewer& viewer, const st::ConflictDeclaration& declaration,
                std::vector<Waiting>* waiting) {
  if (!viewer.office || declaration.state() != st::CONFLICT_DECLARATION_STATE_WAITING) return;
  waiting->push_back(WaitingLine("conflict-declaration", declaration.name(),
                                 ShortName(st::ConflictDeclarationState_descriptor(), declaration.state()),
                                 "rule on the conflict", "rule"));
}

void AddWaiting(const Viewer& viewer, const st::FundingAgreement& agreement, std::vector<Waiting>* waiting) {
  const std::string state = ShortName(st::FundingAgreementState_descriptor(), agreement.state());
  const bool recipient = agreement.recipient() == viewer.agency;
  if (!viewer.office && !recipient) return;
  if (agreement.state() == st::FUNDING_AGREEMENT_STATE_OFFERED) {
    // The office enters what an organisation without an agency has signed on paper.
    const bool theirs = recipient || (viewer.office && agreement.recipient().empty());
    const bool unsigned_there = theirs && agreement.recipient_signed_by().empty();
    if (!unsigned_there && !(viewer.office && agreement.office_signed_by().empty())) return;
    waiting->push_back(WaitingLine("funding-agreement", agreement.name(), state, "sign", "sign"));
    return;
  }
  if (agreement.state() != st::FUNDING_AGREEMENT_STATE_IN_FORCE) return;
  std::string due;
  for (const st::AgreementReport& report : agreement.reports()) {
    if (!report.received_on().empty()) continue;
    // Days as text (YYYY-MM-DD) sort as days.
    if (due.empty() || report.due() < due) due = report.due();
  }
  if (due.empty()) return;
  Waiting line = WaitingLine("funding-agreement", agreement.name(), state,
                             viewer.office ? "receive the report" : "send the report",
                             viewer.office ? "record-report" : "get");
  line.due = StrategyDueAtEndOf(due);
  waiting->push_back(std::move(line));
}

void AddWaiting(const Viewer& viewer, const st::Payment& payment, std::vector<Waiting>* waiting) {
  // A recipient reads its payments, and waits itself.
  if (!viewer.office && !viewer.ministry) return;
  Step step;
  if (payment.state() == st::PAYMENT_STATE_REQUESTED) step = {"approve the payment", "approve"};
  if (payment.state() == st::PAYMENT_STATE_APPROVED) step = {"pay", "pay"};
  if (payment.state() == st::PAYMENT_STATE_FAILED) step = {"pay again or cancel", "pay"};
  if (payment.state() == st::PAYMENT_STATE_REVERSAL_REQUESTED) step = {"confirm the reversal", "get"};
  if (step.what.empty()) return;
  Waiting line = WaitingLine("payment", payment.name(),
                             ShortName(st::PaymentState_descriptor(), payment.state()), step.what, step.verb);
  line.due = StrategyDueAtEndOf(payment.due());
  waiting->push_back(std::move(line));
}

void AddWaiting(const Viewer& viewer, const st::IndicatorObservation& observation,
                std::vector<Waiting>* waiting) {
  const bool submitted = observation.state() == st::OBSERVATION_STATE_SUBMITTED;
  const bool drafted = observation.state() == st::OBSERVATION_STATE_DRAFT;
  const bool own = OwnerOf(observation.name()) == viewer.agency;
  if (!(submitted && viewer.office) && !(drafted && own)) return;
  waiting->push_back(WaitingLine("indicator-observation", observation.name(),
                                 ShortName(st::ObservationState_descriptor(), observation.state()),
                                 submitted ? "verify" : "submit", submitted ? "verify" : "submit"));
}

void AddWaiting(const Viewer& viewer, const st::ProgressReport& report, std::vector<Waiting>* waiting) {
  Step step;
  if (report.state() == st::PROGRESS_REPORT_STATE_DRAFT) {
    const auto& named = report.ministries();
    const auto& confirmed = report.confirmations();
    const bool asked = std::find(named.begin(), named.end(), viewer.agency) != named.end();
    const bool done =
        std::any_of(confirmed.begin(), confirmed.end(),
                    [&](const st::ReportConfirmation& each) { return each.ministry() == viewer.agency; });
    if (asked && !done) step = {"confirm the report", "confirm"};
  } else if (viewer.office && report.state() == st::PROGRESS_REPORT_STATE_MINISTRY_CONFIRMED) {
    step = {"approve the report", "approve"};
  } else if (viewer.office && report.state() == st::PROGRESS_REPORT_STATE_DIRECTOR_APPROVED) {
    step = {"publish the report", "publish"};
  }
  if (step.what.empty()) return;
  waiting->push_back(WaitingLine("progress-report", report.name(),
                                 ShortName(st::ProgressReportState_descriptor(), report.state()), step.what,
                                 step.verb));
}

}  // namespace accord::ctl
