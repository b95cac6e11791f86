// This file has the states of protocols, referrals and what follows from them, as data (docs/domain.md 2.3
// and 2.4).
#ifndef ACCORD_SERVICES_PROTOCOLS_LIFECYCLES_H_
#define ACCORD_SERVICES_PROTOCOLS_LIFECYCLES_H_

#include "accord/protocols/v1/resources.pb.h"
#include "common/lifecycle/lifecycle.h"

namespace accord::protocols {

const Lifecycle& ProtocolLifecycle();
const Lifecycle& ReferralLifecycle();
const Lifecycle& JointLifecycle();
const Lifecycle& DisputeLifecycle();
const Lifecycle& DuplicateLifecycle();
const Lifecycle& InspectionLifecycle();
const Lifecycle& EmergencyLifecycle();
const Lifecycle& AttachmentLifecycle();

// This applies the transition of an event, or refuses an event that the state does not permit.
absl::Status AdvanceProtocol(v1::Protocol* protocol, const std::string& event);
absl::Status AdvanceReferral(v1::Referral* referral, const std::string& event);

// This gives the event by which a supervisor screens to `outcome`.
std::string ScreenEvent(v1::ReferralState outcome);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_LIFECYCLES_H_
