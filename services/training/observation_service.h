// Handlers of ObservationService, and the way of an observation through the door.
#ifndef ACCORD_SERVICES_TRAINING_OBSERVATION_SERVICE_H_
#define ACCORD_SERVICES_TRAINING_OBSERVATION_SERVICE_H_

#include <functional>
#include <string>

#include "accord/protocols/v1/inspections.pb.h"
#include "accord/training/v1/service.pb.h"
#include "common/base/clock.h"
#include "common/host/door.h"
#include "common/host/handlers.h"
#include "common/host/periodic.h"

namespace accord::training {

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

// Sends what waits and asks what became of it, until the receiver has acknowledged. Sending is idempotent: an
// observation's own id is the request id, so a crash between sending and noting it sends the same referral.
class ObservationRelay {
 public:
  using InspectorReferral = protocols::v1::InspectorReferral;

  ObservationRelay(storage::Database* database, const storage::PageTokens* tokens, const Clock* clock,
                   host::v1::DoorConfig door)
      : database_(database),
        clock_(clock),
        observations_("observation", tokens),
        lists_("indicator_list", tokens),
        door_(std::move(door)) {}
  // A pass each second until the end.
  void Start();
  // Over all that is due; how much was.
  absl::StatusOr<int> Pass();

 private:
  absl::Status Forward(const std::string& name);
  absl::StatusOr<InspectorReferral> Send(const v1::Observation&, const v1::IndicatorList&);

  storage::Database* database_;
  const Clock* clock_;
  storage::Resources observations_;
  storage::Resources lists_;
  host::Door door_;
  host::Periodic passes_;
};

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_OBSERVATION_SERVICE_H_
