// This is the way of a survivor's word to the service of prosecutions, through the gateway: when a consent
// ends, the links that rest on it are revoked over there.
#ifndef ACCORD_SERVICES_SUPPORTS_CONSENTS_LINK_RELAY_H_
#define ACCORD_SERVICES_SUPPORTS_CONSENTS_LINK_RELAY_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "accord/host/v1/config.pb.h"
#include "accord/prosecution/v1/link_service.pb.h"
#include "accord/supports/v1/resources.pb.h"
#include "common/base/clock.h"
#include "common/host/upkeep/periodic.h"
#include "common/storage/records/resources.h"

namespace accord::supports {

// Asks the service that keeps links to prosecutions to end one.
using WithdrawLink = std::function<absl::StatusOr<prosecution::v1::LinkToken>(
    const prosecution::v1::WithdrawLinkTokenRequest&)>;
WithdrawLink ThroughGateway(const host::v1::DoorConfig& config);

// Revokes what waits, and asks again and again until it is heard, whatever the other service does meanwhile.
// What waits was put into the schedule in the transaction that ended the consent, so nothing is lost that a
// worker was told is done; and the other side does it once, however often it is asked.
class LinkRelay {
 public:
  LinkRelay(storage::Database* database, const storage::PageTokens* tokens, const Clock* clock,
            WithdrawLink withdraw);
  // A pass each second until the end.
  void Start();
  // Goes over all that is due, if no other replica does it, and gives how much that was.
  absl::StatusOr<int> Pass();
  // For how many seconds the oldest one waits that has not been heard; 0 if none does. It may be asked after
  // the relay has ended.
  std::function<double()> Waited() const;

 private:
  absl::Status NoteWaiting(absl::Time now);
  absl::Status Revoke(const std::string& name, absl::Time now);
  // It is true if the service knows all of them.
  absl::StatusOr<bool> RevokeEach(const v1::Consent& consent, absl::Time now) const;

  storage::Database* const database_;
  const Clock* const clock_;
  const std::string holder_;
  storage::Resources consents_;
  const WithdrawLink withdraw_;
  // The instant from which the oldest waits, in microseconds.
  const std::shared_ptr<std::atomic<int64_t>> oldest_;
  absl::Time told_ = absl::InfinitePast();
  host::Periodic passes_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_CONSENTS_LINK_RELAY_H_
