// This says who sees a protocol, and which parts of it a caller reads.
#ifndef ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_READERS_H_
#define ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_READERS_H_

#include "accord/protocols/v1/resources.pb.h"
#include "common/access/decide.h"
#include "common/storage/records/resources.h"

namespace accord::protocols {

// Parties and the office that drafted the protocol see it from the draft on. Everybody sees it once it
// is operative.
storage::Placement PlacementOf(const v1::Protocol& protocol);
// This says whether the caller may read the section. `party` is the caller's agency as a party, or null if it
// is none.
bool MayReadSection(const v1::Section& section, const v1::ProtocolParty* party, const Caller& caller);
// This removes the sections, comments and reasons that the caller may not read, without a trace.
v1::Protocol ReadableBy(v1::Protocol protocol, const Caller& caller);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_READERS_H_
