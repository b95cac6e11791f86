#include "services/protocols/agreements/protocol_readers.h"

#include <algorithm>

#include "common/access/names.h"
#include "services/protocols/agreements/operative_protocol.h"
#include "services/protocols/parties.h"

namespace accord::protocols {
namespace {

using v1::Protocol;
using v1::ProtocolParty;

}  // namespace

storage::Placement PlacementOf(const Protocol& protocol) {
  storage::Placement placement;
  placement.owner = OwnerOf(protocol.name());
  placement.state = ShortName(v1::ProtocolState_descriptor(), protocol.state());
  for (const auto& party : protocol.parties()) placement.parties.push_back(party.agency());
  if (!protocol.drafted_by().empty() && PartyOf(protocol, protocol.drafted_by()) == nullptr) {
    placement.parties.push_back(protocol.drafted_by());
  }
  if (Operative(protocol)) placement.parties.emplace_back(storage::kEverybody);
  placement.fields["state"] = placement.state;
  if (!protocol.parent_protocol().empty()) placement.fields["parent"] = protocol.parent_protocol();
  return placement;
}

// Until parties sign, only the lead says in which capacity they are parties, which makes no agency a
// police service.
bool MayReadSection(const v1::Section& section, const v1::ProtocolParty* party, const Caller& caller) {
  if (section.visibility() == v1::SECTION_VISIBILITY_PUBLIC) return true;
  if (party == nullptr) return false;
  if (section.visibility() == v1::SECTION_VISIBILITY_PARTIES) return true;
  return IsPolice(party->capacity()) && CapacityFits(party->capacity(), caller.kind);
}

Protocol ReadableBy(Protocol protocol, const Caller& caller) {
  const ProtocolParty* party = PartyOf(protocol, caller.agency);
  auto* sections = protocol.mutable_sections();
  sections->erase(
      std::remove_if(sections->begin(), sections->end(),
                     [&](const auto& section) { return !MayReadSection(section, party, caller); }),
      sections->end());
  auto* comments = protocol.mutable_comments();
  // Whoever reads a section reads the comments on it.
  comments->erase(std::remove_if(comments->begin(), comments->end(),
                                 [&](const auto& comment) {
                                   return party == nullptr ||
                                          std::none_of(sections->begin(), sections->end(),
                                                       [&](const auto& section) {
                                                         return section.code() == comment.section();
                                                       });
                                 }),
                  comments->end());
  if (party == nullptr) {
    protocol.clear_reviews();
    protocol.clear_end_reason();
    protocol.clear_notices();
    for (auto& each : *protocol.mutable_parties()) {
      each.clear_decline_record();
      each.clear_contacts();
      each.clear_signatory_name();
    }
  }
  return protocol;
}

}  // namespace accord::protocols
