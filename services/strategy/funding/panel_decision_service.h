// These are the handlers of FundingAssessmentService for what the panel recommends.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_PANEL_DECISION_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_PANEL_DECISION_SERVICE_H_

#include <string>

#include "accord/strategy/v1/funding_assessment_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/base/clock.h"
#include "common/host/calls/handlers.h"
#include "services/strategy/funding/applicants.h"
#include "services/strategy/funding/evaluation.h"

namespace accord::strategy {

// This fails with NOT_FOUND unless the caller reads the decision: the office's staff and director do, and
// panel members who read the application.
absl::Status ReadPanelDecision(const Caller& caller, storage::Transaction& tx, storage::Resources* decisions,
                               const std::string& name, v1::PanelDecision* out);

class PanelDecisionService {
 public:
  PanelDecisionService(const storage::PageTokens* tokens, const Clock* clock, const v1::RuleSet* rules)
      : clock_(clock),
        rules_(rules),
        calls_("funding_call", tokens),
        applications_("funding_application", tokens),
        decisions_("panel_decision", tokens),
        evaluation_(tokens, rules),
        applicants_(tokens, rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::PanelDecision>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreatePanelDecisionRequest&);
  Result Get(host::Call&, Tx&, const v1::GetPanelDecisionRequest&);
  absl::StatusOr<v1::ListPanelDecisionsResponse> List(host::Call&, Tx&, const v1::ListPanelDecisionsRequest&);
  Result Revise(host::Call&, Tx&, const storage::Write&, const v1::RevisePanelDecisionRequest&);

  // This checks the panel's decision on the application: a panel member makes it who has declared no
  // conflict, all scores are in, and it recommends no more than was asked for.
  absl::Status CheckDecision(const Caller&, Tx&, const v1::FundingApplication&, const v1::PanelDecision&);

  const Clock* const clock_;
  const v1::RuleSet* const rules_;
  storage::Resources calls_;
  storage::Resources applications_;
  storage::Resources decisions_;
  Evaluation evaluation_;
  Applicants applicants_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_PANEL_DECISION_SERVICE_H_
