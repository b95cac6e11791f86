// These are the lifecycles of systems, actors and access reviews, as data.
#ifndef ACCORD_SERVICES_REGISTRY_LIFECYCLES_H_
#define ACCORD_SERVICES_REGISTRY_LIFECYCLES_H_

#include "accord/registry/v1/resources.pb.h"
#include "common/lifecycle/lifecycle.h"

namespace accord::registry {

const Lifecycle& SystemLifecycle();
const Lifecycle& ActorLifecycle();
const Lifecycle& AccessReviewLifecycle();

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_LIFECYCLES_H_
