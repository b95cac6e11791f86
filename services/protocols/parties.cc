#include "services/protocols/parties.h"

#include <algorithm>

#include "common/base/error.h"

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

std::string DirectorOf(const std::string& agency) { return agency + "#director"; }

std::vector<std::string> SidesOf(const v1::Referral& referral) {
  std::vector<std::string> sides = {OwnerOf(referral.name()), referral.to_agency()};
  for (auto& side : sides) {
    if (Implicated(referral, side)) side = DirectorOf(side);
  }
  return sides;
}

std::vector<std::string> ViewersOf(const v1::Referral& referral) {
  std::vector<std::string> viewers = SidesOf(referral);
  // The first sender follows where the referral went, and so does whoever sent it on.
  std::vector<std::string> before(referral.followers().begin(), referral.followers().end());
  if (!referral.redirected_from().empty()) before.push_back(OwnerOf(referral.redirected_from()));
  for (std::string& agency : before) {
    if (Implicated(referral, agency)) agency = DirectorOf(agency);
    if (std::find(viewers.begin(), viewers.end(), agency) == viewers.end()) viewers.push_back(agency);
  }
  return viewers;
}

bool Implicated(const v1::Referral& referral, const std::string& agency) {
  return referral.staff_suspect() && referral.implicated_agency() == agency;
}

bool Operative(const v1::Protocol& protocol) {
  return protocol.state() == v1::PROTOCOL_STATE_IN_FORCE ||
         protocol.state() == v1::PROTOCOL_STATE_UNDER_REVIEW;
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

absl::Status CheckAssigns(const Caller& caller, const std::string& assignee, const std::string& next) {
  using namespace annotations::v1;
  const bool supervises = caller.Has(ROLE_CAS_SUPERVISOR) || caller.Has(ROLE_CAS_DIRECTOR) ||
                          caller.Has(ROLE_POLICE_SUPERVISOR) || caller.Has(ROLE_POLICE_CHIEF);
  const bool own = assignee == caller.actor || (assignee.empty() && next == caller.actor);
  if (supervises || own) return absl::OkStatus();
  return Refuse(rules::kNotTheAssignee,
                "A worker takes what is free or hands over what is theirs; a supervisor assigns.");
}

}  // namespace accord::protocols
