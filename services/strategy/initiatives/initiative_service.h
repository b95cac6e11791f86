// These are the handlers of InitiativeService for initiatives.
#ifndef ACCORD_SERVICES_STRATEGY_INITIATIVES_INITIATIVE_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_INITIATIVES_INITIATIVE_SERVICE_H_

#include <string>

#include "accord/strategy/v1/initiative_service.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::strategy {

class InitiativeService {
 public:
  explicit InitiativeService(const storage::PageTokens* tokens)
      : initiatives_("initiative", tokens),
        bills_("legislative_initiative", tokens),
        observations_("indicator_observation", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Initiative>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateInitiativeRequest&);
  Result Get(host::Call&, Tx&, const v1::GetInitiativeRequest&);
  absl::StatusOr<v1::ListInitiativesResponse> List(host::Call&, Tx&, const v1::ListInitiativesRequest&);
  Result Advance(host::Call&, Tx&, const storage::Write&, const v1::AdvanceInitiativeRequest&);
  Result MeetMilestone(host::Call&, Tx&, const storage::Write&, const v1::MeetInitiativeMilestoneRequest&);
  Result ReportDelivery(host::Call&, Tx&, const storage::Write&, const v1::ReportInitiativeDeliveryRequest&);
  Result ConfirmDelivery(host::Call&, Tx&, const storage::Write&,
                         const v1::ConfirmInitiativeDeliveryRequest&);
  Result End(host::Call&, Tx&, const storage::Write&, const v1::EndInitiativeRequest&);

  // Checks that the named bills exist, that codes and ministries are named once, and that a ministry enters
  // only initiatives that it leads itself.
  absl::Status CheckInitiative(host::Call&, Tx&, const v1::Initiative&);
  // This gives the record as the caller sees it, with the transition of the event applied.
  Result Moved(host::Call&, Tx&, const std::string& name, const std::string& event);
  // Checks that a milestone was met, or that an observation of one of its indicators was verified.
  absl::Status CheckDeliveryShown(host::Call&, Tx&, const v1::Initiative&);
  Result Keep(Tx&, const storage::Write&, const std::string& etag, v1::Initiative);

  storage::Resources initiatives_;
  storage::Resources bills_;
  storage::Resources observations_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_INITIATIVES_INITIATIVE_SERVICE_H_
