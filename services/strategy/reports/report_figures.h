// This reads the figures of a report from the records to which they are bound.
#ifndef ACCORD_SERVICES_STRATEGY_REPORTS_REPORT_FIGURES_H_
#define ACCORD_SERVICES_STRATEGY_REPORTS_REPORT_FIGURES_H_

#include <string>
#include <utility>
#include <vector>

#include "accord/strategy/v1/progress_report_resources.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/storage/records/resources.h"

namespace accord::strategy {

class ReportFigures {
 public:
  ReportFigures(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : rules_(rules),
        indicators_("indicator", tokens),
        observations_("indicator_observation", tokens),
        envelopes_("envelope", tokens),
        rollups_("engagement_rollup", tokens),
        contributions_("contribution", tokens),
        roles_("office_role", tokens) {}

  // This writes into every figure what its record states as of the report's day, using only what every agency
  // reads. A figure that no record states stays without a number. It fails with NOT_FOUND for a record that
  // does not exist, and with FIGURE_WITHHELD or DATA_AUTHORISATION_MISSING for a figure that not everybody
  // may see.
  absl::Status Bind(storage::Transaction& tx, v1::ProgressReport* report);
  // This fails with FIGURE_NOT_VERIFIED if a required figure is unknown, and with STALE_FIGURE if a record
  // states something else than the report.
  absl::Status CheckBound(storage::Transaction& tx, const v1::ProgressReport& report);

 private:
  using Tx = storage::Transaction;

  // This fails with FIGURE_WITHHELD if the words beside a figure of people contain a small number themselves.
  absl::Status CheckWords(Tx&, const v1::ReportSentence&);
  absl::Status BindFigure(Tx&, const std::string& as_of, v1::ReportFigure*);
  absl::Status BindObserved(Tx&, const std::string& as_of, v1::ReportFigure*);
  absl::Status BindTarget(Tx&, v1::ReportFigure*);
  absl::Status BindTotal(Tx&, v1::ReportFigure*);
  absl::Status BindEngaged(Tx&, const std::string& as_of, v1::ReportFigure*);
  absl::Status BindContribution(Tx&, v1::ReportFigure*);
  absl::Status BindExperience(Tx&, const std::string& as_of, v1::ReportFigure*);
  // This gives the query for all records of a kind that the office sees and that have these fields.
  storage::ListQuery AllWith(std::vector<std::pair<std::string, std::string>> filters) const;

  const v1::RuleSet* const rules_;
  storage::Resources indicators_, observations_, envelopes_, rollups_, contributions_, roles_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_REPORTS_REPORT_FIGURES_H_
