// These functions are about the parties of a protocol, and in which capacity and part each agency is one.
#ifndef ACCORD_SERVICES_PROTOCOLS_PARTIES_H_
#define ACCORD_SERVICES_PROTOCOLS_PARTIES_H_

#include <string>
#include <utility>
#include <vector>

#include "accord/protocols/v1/resources.pb.h"
#include "common/access/names.h"

namespace accord::protocols {

bool IsPolice(v1::PartyCapacity capacity);
bool IsSociety(v1::PartyCapacity capacity);
// This says whether an agency of this kind may have the capacity, whatever the draft calls it.
bool CapacityFits(v1::PartyCapacity capacity, AgencyKind kind);

// This gives null if the agency is no party.
const v1::ProtocolParty* PartyOf(const v1::Protocol& protocol, const std::string& agency);
v1::ProtocolParty* MutablePartyOf(v1::Protocol* protocol, const std::string& agency);
const v1::ProtocolParty* SignatoryOf(const v1::Protocol& protocol, const std::string& agency);

// This gives every signatory society with every signatory police service.
std::vector<std::pair<std::string, std::string>> SignatoryPairs(const v1::Protocol& protocol);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_PARTIES_H_
