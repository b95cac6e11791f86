// The states of support cases, consents, referrals and restraining orders, as data.
#ifndef ACCORD_SERVICES_SUPPORTS_LIFECYCLES_H_
#define ACCORD_SERVICES_SUPPORTS_LIFECYCLES_H_

#include "accord/supports/v1/order_resources.pb.h"
#include "accord/supports/v1/resources.pb.h"
#include "accord/supports/v1/survivor_notice_service.pb.h"
#include "common/lifecycle/lifecycle.h"

namespace accord::supports {

const Lifecycle& SupportCaseLifecycle();
// The states of a case in which a survivor may be referred. It is a table of its own, since a caller that
// advances a case may name any event of SupportCaseLifecycle.
const Lifecycle& SupportReferringLifecycle();
// A consent expires by its day and not by an event, and no event can override that.
const Lifecycle& ConsentLifecycle();
// Gives what the receiver of a referral may say. Whoever advances a referral names any event of this table.
const Lifecycle& SupportReferralLifecycle();
// Says when the sender may take a referral back. A withdrawn consent does the same.
const Lifecycle& SupportWithdrawalLifecycle();

// What the receiver of a referral that offers a transfer may say, besides accepting it.
const Lifecycle& SupportOfferLifecycle();
// When the receiver of a referral that offers a transfer takes the survivor over, and what becomes of the
// case of the agency that offered it.
const Lifecycle& SupportTransferLifecycle();
const Lifecycle& SupportHandingOverLifecycle();

// Says when a notice to a survivor is closed.
const Lifecycle& SurvivorNoticeLifecycle();

// Says who works in a position of a program.
const Lifecycle& WorkerPositionLifecycle();

// It says in which state of a support case a restraining order is prepared.
const Lifecycle& OrderPreparingLifecycle();
// Gives what ends an application or an order, and that it was filed. Whoever advances an order names any
// event of this table.
const Lifecycle& RestrainingOrderLifecycle();
// In which states each other step is recorded. An order expires by its day and by no event.
const Lifecycle& RestrainingOrderStepLifecycle();

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_LIFECYCLES_H_
