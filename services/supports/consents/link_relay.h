// This carries the withdrawal of a survivor's consent to the prosecution service, through the gateway: when a
// consent ends, the links that rest on it are revoked there.
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

// A function of this type asks the prosecution service to end one link.
using WithdrawLink = std::function<absl::StatusOr<prosecution::v1::LinkToken>(
    const prosecution::v1::WithdrawLinkTokenRequest&)>;
WithdrawLink WithdrawLinkThroughGateway(const host::v1::DoorConfig& config);

// This revokes the waiting links, and retries until the prosecution service has confirmed, however long it
// is unavailable. The transaction that ended the consent put the revocations into the schedule, so none is
// lost once a worker was told that it is done. The prosecution service revokes a link once, however often it
// is asked.
class LinkRelay {
 public:
  LinkRelay(storage::Database* database, const storage::PageTokens* tokens, const Clock* clock,
            WithdrawLink withdraw);
  // This makes a pass each second until the relay is destroyed.
  void Start();
  // This handles all that is due, unless another replica does so, and gives how much that was.
  absl::StatusOr<int> Pass();
  // This gives a function that returns for how many seconds the oldest unconfirmed revocation has waited, or
  // 0 if there is none. The function may be called after the relay was destroyed.
  std::function<double()> Waited() const;

 private:
  absl::Status NoteWaiting(absl::Time now);
  absl::Status Revoke(const std::string& name, absl::Time now);
  // This revokes each link of the consent. The result is true if the service knows all of them.
  absl::StatusOr<bool> RevokeEach(const v1::Consent& consent, absl::Time now) const;

  storage::Database* const database_;
  const Clock* const clock_;
  const std::string holder_;
  storage::Resources consents_;
  const WithdrawLink withdraw_;
  // The oldest revocation has waited since this instant, in microseconds.
  const std::shared_ptr<std::atomic<int64_t>> oldest_;
  absl::Time told_ = absl::InfinitePast();
  host::Periodic passes_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_CONSENTS_LINK_RELAY_H_
