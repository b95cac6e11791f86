// These are the handlers of MoneyService for how much people may approve, commit or pay at once.
#ifndef ACCORD_SERVICES_STRATEGY_MONEY_APPROVAL_LIMIT_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_MONEY_APPROVAL_LIMIT_SERVICE_H_

#include "accord/strategy/v1/money_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::strategy {

class ApprovalLimitService {
 public:
  ApprovalLimitService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : rules_(rules), limits_("approval_limit", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::ApprovalLimit>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateApprovalLimitRequest&);
  Result Get(host::Call&, Tx&, const v1::GetApprovalLimitRequest&);
  absl::StatusOr<v1::ListApprovalLimitsResponse> List(host::Call&, Tx&, const v1::ListApprovalLimitsRequest&);
  Result Revise(host::Call&, Tx&, const storage::Write&, const v1::ReviseApprovalLimitRequest&);

  const v1::RuleSet* const rules_;
  storage::Resources limits_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_MONEY_APPROVAL_LIMIT_SERVICE_H_
