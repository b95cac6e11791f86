#include "services/protocols/agreements/operative_protocol.h"

#include "common/base/clock.h"

namespace accord::protocols {

bool Operative(const v1::Protocol& protocol) {
  return protocol.state() == v1::PROTOCOL_STATE_IN_FORCE ||
         protocol.state() == v1::PROTOCOL_STATE_UNDER_REVIEW;
}

absl::StatusOr<bool> OperativeOn(storage::Transaction& tx, storage::Resources* protocols,
                                 const v1::Protocol& protocol, absl::CivilDay day) {
  if (!Operative(protocol)) return false;
  for (const std::string& text : {protocol.effective_to(), protocol.terminates_on()}) {
    const auto last = ParseDay(text);
    if (last && *last < day) return false;
  }
  if (protocol.parent_protocol().empty()) return true;
  v1::Protocol parent;
  ACCORD_RETURN_IF_ERROR(protocols->GetAny(tx, protocol.parent_protocol(), &parent));
  return OperativeOn(tx, protocols, parent, day);
}

}  // namespace accord::protocols
