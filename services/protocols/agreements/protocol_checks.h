// This is what must hold of a protocol, and who reads what of it.
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

// Parties see it from the draft on, and so does the office that drafted it; everybody once it is operative.
storage::Placement PlacementOf(const v1::Protocol& protocol);
// This removes the sections, comments and reasons that the caller may not read, without a trace.
v1::Protocol ReadableBy(v1::Protocol protocol, const Caller& caller);

// Requires one entry an agency; a society, a police service and the lead among the signatories, and nobody
// who can never sign.
absl::Status CheckParties(const v1::Protocol& protocol, const std::string& lead);
// Sections once each, dates in order, no decline after `today`, known territories, a parent for an addendum.
absl::Status CheckText(const v1::Protocol& protocol, const Territories& territories, absl::CivilDay today);
// Whoever signs the addendum signed its parent.
absl::Status CheckAddendum(const v1::Protocol& addendum, const v1::Protocol& parent);
// Whoever signed the old one signs its successor: a protocol ends by the word of all who made it.
absl::Status CheckSuccessor(const v1::Protocol& successor, const v1::Protocol& old);
// Every required section is there.
absl::Status CheckComplete(const v1::Protocol& protocol);
// Every comment is answered, and each Indigenous society and First Nation's service of the ground where it
// holds signs, was consulted, or declined in writing. A pair of which the territory names no common ground is
// bound everywhere that the two share: a territory that is empty, or elsewhere, leaves nobody out. Who serves
// which ground is asked as of `today`.
absl::Status CheckConsulted(const v1::Protocol& protocol, const Territories& territories,
                            absl::CivilDay today);

// Operative on this day, whether or not the calendar has passed it yet, and with it whatever it adds to.
absl::StatusOr<bool> StandsOn(storage::Transaction& tx, storage::Resources* protocols,
                              const v1::Protocol& protocol, absl::CivilDay day);

bool FullySigned(const v1::Protocol& protocol);
void VoidSignatures(v1::Protocol* protocol);
// Begins a review, which each signatory has to renew anew.
void OpenReview(v1::ReviewKind kind, const std::string& reason, absl::Time now, v1::Protocol* protocol);
// Takes the transition of an event.
absl::Status Advance(v1::Protocol* protocol, const std::string& event);
// Changes what the mask names; sections that the writer cannot read stay as they are.
absl::Status ApplyMask(const v1::UpdateProtocolRequest& request, const Caller& caller,
                       v1::Protocol* protocol);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_CHECKS_H_
