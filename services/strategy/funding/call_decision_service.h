// These are the handlers of FundingCallService from the closing of a call to its last agreement.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_CALL_DECISION_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_CALL_DECISION_SERVICE_H_

#include <string>
#include <vector>

#include "accord/strategy/v1/funding_call_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/base/clock.h"
#include "common/host/calls/handlers.h"
#include "services/strategy/funding/applicants.h"
#include "services/strategy/funding/evaluation.h"

namespace accord::strategy {

class CallDecisionService {
 public:
  CallDecisionService(const storage::PageTokens* tokens, const Clock* clock, const v1::RuleSet* rules)
      : clock_(clock),
        rules_(rules),
        calls_("funding_call", tokens),
        evaluation_(tokens, rules),
        applicants_(tokens, rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::FundingCall>;

  Result Begin(host::Call&, Tx&, const storage::Write&, const v1::BeginFundingCallEvaluationRequest&);
  Result BreakTie(host::Call&, Tx&, const storage::Write&, const v1::BreakFundingCallTieRequest&);
  Result Conclude(host::Call&, Tx&, const storage::Write&, const v1::ConcludeFundingCallRequest&);
  Result Concur(host::Call&, Tx&, const storage::Write&, const v1::ConcurFundingCallRequest&);
  Result Decide(host::Call&, Tx&, const storage::Write&, const v1::DecideFundingCallRequest&);
  Result Contract(host::Call&, Tx&, const storage::Write&, const v1::ContractFundingCallRequest&);

  // This gives the call as the caller sees it, locked for this transaction, with the transition of the
  // event applied.
  Result Moved(host::Call&, Tx&, const std::string& name, const std::string& event);
  Result Keep(host::Call&, Tx&, const storage::Write&, const std::string& etag, v1::FundingCall);

  const Clock* const clock_;
  const v1::RuleSet* const rules_;
  storage::Resources calls_;
  Evaluation evaluation_;
  Applicants applicants_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_CALL_DECISION_SERVICE_H_
