// These are the handlers of ReportService.
#ifndef ACCORD_SERVICES_INTELLIGENCE_REPORTS_REPORT_SERVICE_H_
#define ACCORD_SERVICES_INTELLIGENCE_REPORTS_REPORT_SERVICE_H_

#include <string>

#include "accord/intelligence/v1/report_service.pb.h"
#include "accord/intelligence/v1/rules.pb.h"
#include "common/host/calls/handlers.h"
#include "services/intelligence/purge/derived_products.h"

namespace accord::intelligence {

class ReportService {
 public:
  ReportService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : reports_("report", tokens), derived_(tokens, rules), rules_(rules) {}
  void Register(host::Handlers* handlers);
  // The sweeper calls this when a review falls due, access ends, or nobody admitted the report in time.
  absl::Status PassTime(storage::Transaction& tx, const std::string& name, absl::Time now);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Report>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateReportRequest&);
  Result UpdateDraft(host::Call&, Tx&, const storage::Write&, const v1::UpdateReportDraftRequest&);
  Result Get(host::Call&, Tx&, const v1::GetReportRequest&);
  absl::StatusOr<v1::ListReportsResponse> List(host::Call&, Tx&, const v1::ListReportsRequest&);
  Result Submit(host::Call&, Tx&, const storage::Write&, const v1::SubmitReportRequest&);
  Result Grade(host::Call&, Tx&, const storage::Write&, const v1::GradeReportRequest&);
  Result Decide(host::Call&, Tx&, const storage::Write&, const v1::DecideReportRequest&);
  Result SetHandling(host::Call&, Tx&, const storage::Write&, const v1::SetReportHandlingRequest&);
  Result Recall(host::Call&, Tx&, const storage::Write&, const v1::RecallReportRequest&);
  Result Validate(host::Call&, Tx&, const storage::Write&, const v1::ValidateReportRequest&);

  // This gives the report if it is visible to the caller, with the transition of `event` applied. If `event`
  // is empty, the report stays as it is.
  Result Open(host::Call&, Tx&, const std::string& name, const std::string& event);
  Result Keep(host::Call&, Tx&, const storage::Write&, const std::string& etag, v1::Report);

  storage::Resources reports_;
  DerivedProducts derived_;
  const v1::RuleSet* rules_;
};

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_REPORTS_REPORT_SERVICE_H_
