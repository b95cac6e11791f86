// The states of claims and payments of benefits, as data.
#ifndef ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_LIFECYCLES_H_
#define ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_LIFECYCLES_H_

#include "accord/supports/v1/benefit_resources.pb.h"
#include "common/lifecycle/lifecycle.h"

namespace accord::supports {

// It says in which state of a case a benefit is claimed for it.
const Lifecycle& SupportClaimingLifecycle();
// Gives what a decider may say. Whoever decides on a claim names any event of this table.
const Lifecycle& BenefitDecidingLifecycle();
// Gives the other events of a claim, each of which has a call of its own.
const Lifecycle& BenefitClaimLifecycle();
const Lifecycle& BenefitPaymentLifecycle();

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_LIFECYCLES_H_
