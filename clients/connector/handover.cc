#include "clients/connector/handover.h"

#include "clients/connector/act.h"
#include "clients/connector/callers.h"
#include "common/base/error.h"

namespace accord::connector {

absl::StatusOr<Kept> Handover::Take(const LocalCaller& caller, const HandoverOptions& options,
                                    std::string_view json) {
  ACCORD_ASSIGN_OR_RETURN(const Act act, ReadAct(json, options.request_id));
  ACCORD_RETURN_IF_ERROR(CheckScope(caller, act));
  NewCall call{caller.name(), act.resource, options.idempotency_key, act.canonical, options.once, {}};
  call.call.set_method(act.method);
  call.call.set_actor(act.actor);
  call.call.set_purpose(act.purpose);
  call.call.set_request(act.request->SerializeAsString());
  ACCORD_ASSIGN_OR_RETURN(const Kept kept, outbox_->Keep(call));
  // An act that was kept before is with the sender already, or over.
  if (kept.is_new) sender_->Take(kept.waiting);
  return kept;
}

}  // namespace accord::connector
