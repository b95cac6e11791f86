// These are the handlers of ProgressReportService for editions on their way to being published.
#ifndef ACCORD_SERVICES_STRATEGY_REPORTS_PROGRESS_REPORT_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_REPORTS_PROGRESS_REPORT_SERVICE_H_

#include <string>

#include "accord/strategy/v1/progress_report_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/host/calls/handlers.h"
#include "services/strategy/reports/report_figures.h"

namespace accord::strategy {

class ProgressReportService {
 public:
  ProgressReportService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : rules_(rules),
        figures_(tokens, rules),
        reports_("progress_report", tokens),
        initiatives_("initiative", tokens),
        bills_("legislative_initiative", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Report = v1::ProgressReport;
  using Result = absl::StatusOr<Report>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateProgressReportRequest&);
  Result Get(host::Call&, Tx&, const v1::GetProgressReportRequest&);
  absl::StatusOr<v1::ListProgressReportsResponse> List(host::Call&, Tx&,
                                                       const v1::ListProgressReportsRequest&);
  Result Revise(host::Call&, Tx&, const storage::Write&, const v1::ReviseProgressReportRequest&);
  Result Confirm(host::Call&, Tx&, const storage::Write&, const v1::ConfirmProgressReportRequest&);
  Result Approve(host::Call&, Tx&, const storage::Write&, const v1::ApproveProgressReportRequest&);
  Result Publish(host::Call&, Tx&, const storage::Write&, const v1::PublishProgressReportRequest&);
  Result Restate(host::Call&, Tx&, const storage::Write&, const v1::RestateProgressReportRequest&);

  // This checks the text, reads the figures, and says who has to confirm. No confirmation is entered yet.
  absl::Status ComposeReport(Tx&, Report*);
  // Checks that the initiative and the bill that a sentence names exist, and that the sentence claims no more
  // than is known of them.
  absl::Status CheckSentence(Tx&, const Report&, const v1::ReportSentence&);
  // Checks that a first edition is the first published report of its day. An error in a published report is
  // corrected by a further edition and not by another report.
  absl::Status CheckFirstReportOfDay(Tx&, const Report&);
  // This gives the record as the caller sees it, with the transition of the event applied.
  Result Moved(host::Call&, Tx&, const std::string& name, const std::string& event);
  Result Keep(Tx&, const storage::Write&, const std::string& etag, Report);

  const v1::RuleSet* const rules_;
  ReportFigures figures_;
  storage::Resources reports_, initiatives_, bills_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_REPORTS_PROGRESS_REPORT_SERVICE_H_
