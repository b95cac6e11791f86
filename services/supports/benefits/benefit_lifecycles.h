// These tables have the states of claims and payments of benefits.
#ifndef ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_LIFECYCLES_H_
#define ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_LIFECYCLES_H_

#include "accord/supports/v1/benefit_resources.pb.h"
#include "common/lifecycle/lifecycle.h"

namespace accord::supports {

// This says in which states of a case a benefit may be claimed for it.
const Lifecycle& SupportClaimingLifecycle();
// This gives the possible decisions on a claim. A caller who decides names any event of this table.
const Lifecycle& BenefitDecidingLifecycle();
// This gives the other events of a claim, each of which has a method of its own.
const Lifecycle& BenefitClaimLifecycle();
const Lifecycle& BenefitPaymentLifecycle();

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_LIFECYCLES_H_
