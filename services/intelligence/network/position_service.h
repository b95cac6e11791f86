// These are the handlers of PositionService.
#ifndef ACCORD_SERVICES_INTELLIGENCE_NETWORK_POSITION_SERVICE_H_
#define ACCORD_SERVICES_INTELLIGENCE_NETWORK_POSITION_SERVICE_H_

#include <string>

#include "accord/intelligence/v1/position_service.pb.h"
#include "accord/intelligence/v1/rules.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::intelligence {

class PositionService {
 public:
  PositionService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : positions_("position", tokens), rules_(rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Position>;

  Result Establish(host::Call&, Tx&, const storage::Write&, const v1::EstablishPositionRequest&);
  Result Advance(host::Call&, Tx&, const storage::Write&, const v1::AdvancePositionRequest&);
  Result AssignPortfolio(host::Call&, Tx&, const storage::Write&, const v1::AssignPositionPortfolioRequest&);
  Result Get(host::Call&, Tx&, const v1::GetPositionRequest&);
  absl::StatusOr<v1::ListPositionsResponse> List(host::Call&, Tx&, const v1::ListPositionsRequest&);
  absl::StatusOr<v1::GetPortfolioCoverageResponse> Coverage(host::Call&, Tx&,
                                                            const v1::GetPortfolioCoverageRequest&);
  absl::Status AddPortfolio(Tx&, v1::Position*);

  storage::Resources positions_;
  const v1::RuleSet* rules_;
};

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_NETWORK_POSITION_SERVICE_H_
