// This carries an observation through the gateway to the agency that acts on it.
#ifndef ACCORD_SERVICES_TRAINING_OBSERVATIONS_OBSERVATION_RELAY_H_
#define ACCORD_SERVICES_TRAINING_OBSERVATIONS_OBSERVATION_RELAY_H_

#include <functional>
#include <string>

#include "accord/host/v1/config.pb.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/training/v1/resources.pb.h"
#include "common/base/clock.h"
#include "common/host/upkeep/periodic.h"
#include "common/storage/records/resources.h"

namespace accord::training {

// These functions call the service that keeps referrals of inspectors.
struct InspectorReferralClient {
  using Result = absl::StatusOr<protocols::v1::InspectorReferral>;
  // The relay sends in the name of this agency.
  std::string agency;
  std::function<Result(const protocols::v1::CreateInspectorReferralRequest&)> create;
  std::function<Result(const protocols::v1::GetInspectorReferralRequest&)> get;
};
InspectorReferralClient InspectorReferralsThroughGateway(const host::v1::DoorConfig& config);

// This sends waiting observations and asks for their state until the receiver has acknowledged, less and less
// often. Sending is idempotent: the observation's id is the request id, so a crash between sending and noting
// it sends the same referral again. If the service has lost a referral, because its records were restored
// from an older copy, it is sent again.
class ObservationRelay {
 public:
  ObservationRelay(storage::Database* database, const storage::PageTokens* tokens, const Clock* clock,
                   InspectorReferralClient referrals);
  // This makes a pass each second until the relay is destroyed.
  void Start();
  // This handles all that is due, unless another replica does so, and gives how much that was.
  absl::StatusOr<int> Pass();

 private:
  using InspectorReferral = protocols::v1::InspectorReferral;
  absl::Status Forward(const std::string& name);
  InspectorReferralClient::Result Send(const v1::Observation&, const v1::IndicatorList&) const;
  InspectorReferralClient::Result SendOrAsk(const v1::Observation&, const v1::IndicatorList&) const;

  storage::Database* const database_;
  const Clock* const clock_;
  const std::string holder_;
  storage::Resources observations_;
  storage::Resources lists_;
  const InspectorReferralClient referrals_;
  host::Periodic passes_;
};

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_OBSERVATIONS_OBSERVATION_RELAY_H_
