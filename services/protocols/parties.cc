#include "services/protocols/parties.h"

namespace accord::protocols {

bool IsPolice(v1::PartyCapacity capacity) {
  return capacity == v1::PARTY_CAPACITY_POLICE || capacity == v1::PARTY_CAPACITY_FN_POLICE;
}

bool IsSociety(v1::PartyCapacity capacity) {
  return capacity == v1::PARTY_CAPACITY_CAS || capacity == v1::PARTY_CAPACITY_INDIGENOUS_SOCIETY;
}

bool CapacityFits(v1::PartyCapacity capacity, AgencyKind kind) {
  if (IsPolice(capacity)) return kind == annotations::v1::AGENCY_KIND_POLICE_SERVICE;
  if (IsSociety(capacity)) return kind == annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY;
  return false;
}

const v1::ProtocolParty* PartyOf(const v1::Protocol& protocol, const std::string& agency) {
  for (const auto& party : protocol.parties()) {
    if (party.agency() == agency) return &party;
  }
  return nullptr;
}

v1::ProtocolParty* MutablePartyOf(v1::Protocol* protocol, const std::string& agency) {
  for (auto& party : *protocol->mutable_parties()) {
    if (party.agency() == agency) return &party;
  }
  return nullptr;
}

const v1::ProtocolParty* SignatoryOf(const v1::Protocol& protocol, const std::string& agency) {
  const v1::ProtocolParty* party = PartyOf(protocol, agency);
  return party != nullptr && party->part() == v1::PARTY_PART_SIGNATORY ? party : nullptr;
}

std::vector<std::pair<std::string, std::string>> SignatoryPairs(const v1::Protocol& protocol) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& society : protocol.parties()) {
    if (society.part() != v1::PARTY_PART_SIGNATORY || !IsSociety(society.capacity())) continue;
    for (const auto& police : protocol.parties()) {
      if (police.part() != v1::PARTY_PART_SIGNATORY || !IsPolice(police.capacity())) continue;
      pairs.emplace_back(society.agency(), police.agency());
    }
  }
  return pairs;
}

}  // namespace accord::protocols
