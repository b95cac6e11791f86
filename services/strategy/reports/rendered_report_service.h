// These are the handlers of ProgressReportService for what a reader gets as of a day.
#ifndef ACCORD_SERVICES_STRATEGY_REPORTS_RENDERED_REPORT_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_REPORTS_RENDERED_REPORT_SERVICE_H_

#include <string>

#include "absl/time/time.h"
#include "accord/strategy/v1/progress_report_service.pb.h"
#include "accord/strategy/v1/resources.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::strategy {

// This gives the state of this part of a bill on a day, according to the days in its record.
v1::Provision RenderProvision(const v1::LegislativeInitiative& bill, const std::string& section_range,
                              const std::string& day);

class RenderedReportService {
 public:
  explicit RenderedReportService(const storage::PageTokens* tokens)
      : reports_("progress_report", tokens), bills_("legislative_initiative", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;

  absl::StatusOr<v1::RenderedReport> Render(host::Call&, Tx&, const v1::RenderProgressReportRequest&);
  // This gives the last edition of the newest report, of this day or an earlier one, that was published by
  // then. It fails with NOT_FOUND if there is none, whatever drafts there are.
  absl::StatusOr<v1::ProgressReport> EditionAsOf(host::Call&, Tx&, const std::string& as_of,
                                                 absl::Time known_at);
  // This gives the bill as its record was at that time.
  absl::StatusOr<v1::LegislativeInitiative> BillAt(host::Call&, Tx&, const std::string& name,
                                                   absl::Time known_at);

  storage::Resources reports_, bills_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_REPORTS_RENDERED_REPORT_SERVICE_H_
