// Handler of FundingRecordService: how a call came to its order.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_CALL_RECORD_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_CALL_RECORD_SERVICE_H_

#include "accord/strategy/v1/funding_record_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/base/clock.h"
#include "common/host/calls/handlers.h"
#include "services/strategy/funding/evaluation.h"

namespace accord::strategy {

class CallRecordService {
 public:
  CallRecordService(const storage::PageTokens* tokens, const Clock* clock, const v1::RuleSet* rules)
      : clock_(clock),
        rules_(rules),
        calls_("funding_call", tokens),
        declarations_("conflict_declaration", tokens),
        evaluation_(tokens, rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;

  absl::StatusOr<v1::FundingCallRecord> Get(host::Call&, Tx&, const v1::GetFundingCallRecordRequest&);
  absl::Status CountDeclarations(Tx&, v1::FundingCallRecord*);
  // The caller may read which place the application has and why.
  static absl::StatusOr<bool> ReadsScores(const Caller&, Tx&, const v1::FundingCall&, const Evaluated&);

  const Clock* const clock_;
  const v1::RuleSet* const rules_;
  storage::Resources calls_;
  storage::Resources declarations_;
  Evaluation evaluation_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_CALL_RECORD_SERVICE_H_
