// These are the handlers of IndicatorService for the agreements of governing bodies.
#ifndef ACCORD_SERVICES_STRATEGY_INDICATORS_DATA_AUTHORISATION_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_INDICATORS_DATA_AUTHORISATION_SERVICE_H_

#include "accord/strategy/v1/indicator_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::strategy {

class DataAuthorisationService {
 public:
  DataAuthorisationService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : rules_(rules), authorisations_("data_authorisation", tokens), indicators_("indicator", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::DataAuthorisation>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateDataAuthorisationRequest&);
  Result Get(host::Call&, Tx&, const v1::GetDataAuthorisationRequest&);
  absl::StatusOr<v1::ListDataAuthorisationsResponse> List(host::Call&, Tx&,
                                                          const v1::ListDataAuthorisationsRequest&);
  Result Withdraw(host::Call&, Tx&, const storage::Write&, const v1::WithdrawDataAuthorisationRequest&);

  const v1::RuleSet* const rules_;
  storage::Resources authorisations_;
  storage::Resources indicators_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_INDICATORS_DATA_AUTHORISATION_SERVICE_H_
