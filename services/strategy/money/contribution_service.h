// These are the handlers of MoneyService for what ministries contribute to funds.
#ifndef ACCORD_SERVICES_STRATEGY_MONEY_CONTRIBUTION_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_MONEY_CONTRIBUTION_SERVICE_H_

#include "accord/strategy/v1/money_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::strategy {

class ContributionService {
 public:
  ContributionService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : rules_(rules), contributions_("contribution", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Contribution>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateContributionRequest&);
  Result Get(host::Call&, Tx&, const v1::GetContributionRequest&);
  absl::StatusOr<v1::ListContributionsResponse> List(host::Call&, Tx&, const v1::ListContributionsRequest&);
  Result Advance(host::Call&, Tx&, const storage::Write&, const v1::AdvanceContributionRequest&);

  const v1::RuleSet* const rules_;
  storage::Resources contributions_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_MONEY_CONTRIBUTION_SERVICE_H_
