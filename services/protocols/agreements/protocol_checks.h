// Checks what must hold of a protocol, and decides which parts of it a caller reads.
#ifndef ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_CHECKS_H_
#define ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_CHECKS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "accord/protocols/v1/protocol_service.pb.h"
#include "common/access/decide.h"
#include "common/storage/records/resources.h"
#include "services/protocols/coverage/territories.h"

namespace accord::protocols {

// Parties and the office that drafted the protocol see it from the draft on. Everybody sees it once it
// is operative.
storage::Placement PlacementOf(const v1::Protocol& protocol);
// This removes the sections, comments and reasons that the caller may not read, without a trace.
v1::Protocol ReadableBy(v1::Protocol protocol, const Caller& caller);

// Requires that each agency has one entry, that a society, a police service and the lead are among the
// signatories, and that every party can sign.
absl::Status CheckParties(const v1::Protocol& protocol, const std::string& lead);
// Requires that each section comes once, dates are in order, no decline is after `today`, territories are
// known, and an addendum has a parent.
absl::Status CheckText(const v1::Protocol& protocol, const Territories& territories, absl::CivilDay today);
// Requires that every signatory of the addendum signed its parent.
absl::Status CheckAddendum(const v1::Protocol& addendum, const v1::Protocol& parent);
// Requires that every signatory of the old protocol signs its successor, because a protocol ends only with
// the agreement of all who made it.
absl::Status CheckSuccessor(const v1::Protocol& successor, const v1::Protocol& old);
// Every required section is there.
absl::Status CheckComplete(const v1::Protocol& protocol);
// Every comment is answered, and each Indigenous society and First Nation's service of the ground where it
// holds signs, was consulted, or declined in writing. A pair of which the territory names no common ground is
// bound everywhere that the two share: a territory that is empty, or elsewhere, leaves nobody out. Who serves
// which ground is asked as of `today`.
absl::Status CheckConsulted(const v1::Protocol& protocol, const Territories& territories,
                            absl::CivilDay today);

// Whether the protocol, and each protocol that it adds to, is operative on this day, also if the sweeper has
// not moved its state yet.
absl::StatusOr<bool> StandsOn(storage::Transaction& tx, storage::Resources* protocols,
                              const v1::Protocol& protocol, absl::CivilDay day);

bool FullySigned(const v1::Protocol& protocol);
void VoidSignatures(v1::Protocol* protocol);
// Begins a review, in which each signatory has to renew.
void OpenReview(v1::ReviewKind kind, const std::string& reason, absl::Time now, v1::Protocol* protocol);
// Applies the transition of an event.
absl::Status Advance(v1::Protocol* protocol, const std::string& event);
// Changes what the mask names; sections that the writer cannot read stay as they are.
absl::Status ApplyMask(const v1::UpdateProtocolRequest& request, const Caller& caller,
                       v1::Protocol* protocol);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_CHECKS_H_
