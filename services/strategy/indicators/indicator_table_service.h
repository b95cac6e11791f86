// This is the handler of IndicatorService that shows figures as they may leave the service. Only its answers
// are published or exported.
#ifndef ACCORD_SERVICES_STRATEGY_INDICATORS_INDICATOR_TABLE_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_INDICATORS_INDICATOR_TABLE_SERVICE_H_

#include "accord/strategy/v1/indicator_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::strategy {

class IndicatorTableService {
 public:
  IndicatorTableService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : rules_(rules),
        observations_("indicator_observation", tokens),
        indicators_("indicator", tokens),
        authorisations_("data_authorisation", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;

  absl::StatusOr<v1::TabulateIndicatorsResponse> Tabulate(host::Call&, Tx&,
                                                          const v1::TabulateIndicatorsRequest&);
  absl::StatusOr<v1::IndicatorTable> TableOf(host::Call&, Tx&, v1::Indicator);

  const v1::RuleSet* const rules_;
  storage::Resources observations_;
  storage::Resources indicators_;
  storage::Resources authorisations_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_INDICATORS_INDICATOR_TABLE_SERVICE_H_
