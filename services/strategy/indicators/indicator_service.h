// These are the handlers of IndicatorService for indicators.
#ifndef ACCORD_SERVICES_STRATEGY_INDICATORS_INDICATOR_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_INDICATORS_INDICATOR_SERVICE_H_

#include <string>

#include "accord/strategy/v1/indicator_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::strategy {

class IndicatorService {
 public:
  IndicatorService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : rules_(rules), indicators_("indicator", tokens), initiatives_("initiative", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Indicator>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateIndicatorRequest&);
  Result Get(host::Call&, Tx&, const v1::GetIndicatorRequest&);
  absl::StatusOr<v1::ListIndicatorsResponse> List(host::Call&, Tx&, const v1::ListIndicatorsRequest&);
  Result Revise(host::Call&, Tx&, const storage::Write&, const v1::ReviseIndicatorRequest&);
  Result Retire(host::Call&, Tx&, const storage::Write&, const v1::RetireIndicatorRequest&);

  // Outside its ministry and the office, a small number of people before the strategy is withheld.
  v1::Indicator IndicatorShownTo(const Caller&, v1::Indicator) const;
  // This gives the record as the caller sees it, with the transition of the event applied.
  Result Moved(host::Call&, Tx&, const std::string& name, const std::string& event);
  Result Keep(Tx&, const storage::Write&, const std::string& etag, v1::Indicator);

  const v1::RuleSet* const rules_;
  storage::Resources indicators_;
  storage::Resources initiatives_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_INDICATORS_INDICATOR_SERVICE_H_
