// These are the handlers of InitiativeService for bills.
#ifndef ACCORD_SERVICES_STRATEGY_INITIATIVES_LEGISLATION_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_INITIATIVES_LEGISLATION_SERVICE_H_

#include <string>

#include "accord/strategy/v1/initiative_service.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::strategy {

class LegislationService {
 public:
  explicit LegislationService(const storage::PageTokens* tokens) : bills_("legislative_initiative", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::LegislativeInitiative>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateLegislativeInitiativeRequest&);
  Result Get(host::Call&, Tx&, const v1::GetLegislativeInitiativeRequest&);
  absl::StatusOr<v1::ListLegislativeInitiativesResponse> List(host::Call&, Tx&,
                                                              const v1::ListLegislativeInitiativesRequest&);
  Result Advance(host::Call&, Tx&, const storage::Write&, const v1::AdvanceLegislativeInitiativeRequest&);
  Result Assent(host::Call&, Tx&, const storage::Write&, const v1::AssentLegislativeInitiativeRequest&);
  Result Commence(host::Call&, Tx&, const storage::Write&,
                  const v1::CommenceLegislativeInitiativeSectionRequest&);
  Result Repeal(host::Call&, Tx&, const storage::Write&,
                const v1::RepealLegislativeInitiativeSectionRequest&);

  // This gives the record as the caller sees it, with the transition of the event applied.
  Result Moved(host::Call&, Tx&, const std::string& name, const std::string& event);
  Result Keep(Tx&, const storage::Write&, const std::string& etag, v1::LegislativeInitiative);

  storage::Resources bills_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_INITIATIVES_LEGISLATION_SERVICE_H_
