#include "services/registry/lifecycles.h"

namespace accord::registry {

const Lifecycle& SystemLifecycle() {
  static const Lifecycle table(v1::SystemState_descriptor(),
                               {
                                   {v1::SYSTEM_STATE_ACTIVE, "suspend", v1::SYSTEM_STATE_SUSPENDED},
                                   {v1::SYSTEM_STATE_SUSPENDED, "resume", v1::SYSTEM_STATE_ACTIVE},
                               });
  return table;
}

const Lifecycle& ActorLifecycle() {
  static const Lifecycle table(v1::ActorState_descriptor(),
                               {
                                   {v1::ACTOR_STATE_ACTIVE, "disable", v1::ACTOR_STATE_DISABLED},
                                   {v1::ACTOR_STATE_DISABLED, "enable", v1::ACTOR_STATE_ACTIVE},
                               });
  return table;
}

const Lifecycle& AccessReviewLifecycle() {
  static const Lifecycle table(v1::AccessReviewState_descriptor(),
                               {
                                   {v1::ACCESS_REVIEW_STATE_OPEN, "decide", v1::ACCESS_REVIEW_STATE_OPEN},
                                   {v1::ACCESS_REVIEW_STATE_OPEN, "sign", v1::ACCESS_REVIEW_STATE_SIGNED},
                               });
  return table;
}

}  // namespace accord::registry
