// These tables have the states of support cases, consents, referrals and restraining orders.
#ifndef ACCORD_SERVICES_SUPPORTS_LIFECYCLES_H_
#define ACCORD_SERVICES_SUPPORTS_LIFECYCLES_H_

#include "accord/supports/v1/order_resources.pb.h"
#include "accord/supports/v1/resources.pb.h"
#include "accord/supports/v1/survivor_notice_service.pb.h"
#include "common/lifecycle/lifecycle.h"

namespace accord::supports {

const Lifecycle& SupportCaseLifecycle();
// This says in which states of a case a survivor may be referred. It is a table of its own, since a caller
// who advances a case may name any event of SupportCaseLifecycle.
const Lifecycle& SupportReferringLifecycle();
// A consent expires by its day and not by an event, and no event can override that.
const Lifecycle& ConsentLifecycle();
// This gives the answers of a referral's receiver. A caller who advances a referral names any event of
// this table.
const Lifecycle& SupportReferralLifecycle();
// This says when the sender may take a referral back. A withdrawn consent does the same.
const Lifecycle& SupportWithdrawalLifecycle();

// This gives the answers to an offer of a transfer, except its acceptance.
const Lifecycle& SupportOfferLifecycle();
// The first table says when an offered transfer may be accepted. The second one says what becomes of the case
// of the agency that offered it.
const Lifecycle& SupportTransferLifecycle();
const Lifecycle& SupportHandingOverLifecycle();

// This says when a notice to a survivor is closed.
const Lifecycle& SurvivorNoticeLifecycle();

// This says who works in a position of a program.
const Lifecycle& WorkerPositionLifecycle();

// It says in which state of a support case a restraining order is prepared.
const Lifecycle& OrderPreparingLifecycle();
// This gives the filing of an application, and the events that end an application or an order. A caller who
// advances an order names any event of this table.
const Lifecycle& RestrainingOrderLifecycle();
// This says in which states each other step is recorded. An order expires by its day and not by an event.
const Lifecycle& RestrainingOrderStepLifecycle();

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_LIFECYCLES_H_
