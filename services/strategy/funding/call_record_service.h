// This is the handler of FundingRecordService, which shows how the order of a call's applications came about.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_CALL_RECORD_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_CALL_RECORD_SERVICE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "accord/strategy/v1/funding_record_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/base/clock.h"
#include "common/host/calls/handlers.h"
#include "services/strategy/funding/evaluation.h"

namespace accord::strategy {

class CallRecordService {
 public:
  CallRecordService(const storage::PageTokens* tokens, const Clock* clock, const v1::RuleSet* rules)
      : tokens_(tokens),
        clock_(clock),
        rules_(rules),
        calls_("funding_call", tokens),
        declarations_("conflict_declaration", tokens),
        evaluation_(tokens, rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;

  absl::StatusOr<v1::FundingCallRecord> Get(host::Call&, Tx&, const v1::GetFundingCallRecordRequest&);
  absl::Status CountDeclarations(Tx&, v1::FundingCallRecord*);
  // This adds one page of the applications. The first `with_place` of them are shown with their ranks.
  absl::Status AddPage(const v1::GetFundingCallRecordRequest&, const std::string& scope,
                       const std::vector<const Evaluated*>& applications, std::size_t with_place,
                       v1::FundingCallRecord*) const;

  const storage::PageTokens* const tokens_;
  const Clock* const clock_;
  const v1::RuleSet* const rules_;
  storage::Resources calls_;
  storage::Resources declarations_;
  Evaluation evaluation_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_CALL_RECORD_SERVICE_H_
