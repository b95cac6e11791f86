// This checks what must hold of a protocol.
#ifndef ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_CHECKS_H_
#define ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_CHECKS_H_

#include <string>

#include "absl/status/status.h"
#include "accord/protocols/v1/protocol_service.pb.h"
#include "services/protocols/coverage/territories.h"

namespace accord::protocols {

// This requires that each agency has one entry, that a society, a police service and the lead are among the
// signatories, and that every party can sign.
absl::Status CheckParties(const v1::Protocol& protocol, const std::string& lead);
// This requires that each section comes once, dates are in order, no decline is after `today`, territories
// are known, and an addendum has a parent.
absl::Status CheckText(const v1::Protocol& protocol, const Territories& territories, absl::CivilDay today);
// This requires that every signatory of the addendum signed its parent.
absl::Status CheckAddendum(const v1::Protocol& addendum, const v1::Protocol& parent);
// This requires that every signatory of the old protocol signs its successor, because a protocol ends only
// with the agreement of all who made it.
absl::Status CheckSuccessor(const v1::Protocol& successor, const v1::Protocol& old);
// This requires that every required section is there.
absl::Status CheckComplete(const v1::Protocol& protocol);
// This requires that every comment is answered, and that each Indigenous society and First Nation's service
// of the territories where the protocol holds signs it, was consulted, or declined in writing. A pair that
// shares none of the named territories is bound by the protocol in all that it shares, so that a territory
// that is empty, or elsewhere, leaves nobody out. Who serves which territory is asked as of `today`.
absl::Status CheckConsulted(const v1::Protocol& protocol, const Territories& territories,
                            absl::CivilDay today);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_CHECKS_H_
