// These are the handlers of ObservationService.
#ifndef ACCORD_SERVICES_TRAINING_OBSERVATIONS_OBSERVATION_SERVICE_H_
#define ACCORD_SERVICES_TRAINING_OBSERVATIONS_OBSERVATION_SERVICE_H_

#include "accord/training/v1/observation_service.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::training {

// The schedule has observations that the relay has to look at under this kind.
inline constexpr char kObservationKind[] = "observation";

// This gives the placement of an observation, which only the inspector's agency sees.
storage::Placement ObservationPlacement(const v1::Observation& observation);

class ObservationService {
 public:
  explicit ObservationService(const storage::PageTokens* tokens)
      : lists_("indicator_list", tokens), observations_("observation", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Observation>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateObservationRequest&);
  Result Get(host::Call&, Tx&, const v1::GetObservationRequest&);
  absl::StatusOr<v1::ListObservationsResponse> List(host::Call&, Tx&, const v1::ListObservationsRequest&);

  storage::Resources lists_;
  storage::Resources observations_;
};

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_OBSERVATIONS_OBSERVATION_SERVICE_H_
