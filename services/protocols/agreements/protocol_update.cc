#include "services/protocols/agreements/protocol_update.h"

#include <algorithm>
#include <functional>
#include <map>

#include "common/host/calls/update_mask.h"
#include "services/protocols/agreements/protocol_readers.h"
#include "services/protocols/parties.h"

namespace accord::protocols {
namespace {

using v1::Protocol;
using v1::ProtocolParty;

// Sections that the writer cannot read stay as they are.
void ReplaceSections(Protocol* protocol, const Protocol& update, const Caller& caller) {
  const ProtocolParty* party = PartyOf(*protocol, caller.agency);
  auto* sections = protocol->mutable_sections();
  sections->erase(std::remove_if(sections->begin(), sections->end(),
                                 [&](const auto& section) { return MayReadSection(section, party, caller); }),
                  sections->end());
  sections->MergeFrom(update.sections());
}

// Each party's contacts are its own, and stay.
void ReplaceParties(Protocol* protocol, const Protocol& update) {
  const Protocol before = *protocol;
  *protocol->mutable_parties() = update.parties();
  for (auto& party : *protocol->mutable_parties()) {
    if (const auto* known = PartyOf(before, party.agency())) *party.mutable_contacts() = known->contacts();
  }
}

}  // namespace

absl::Status ApplyUpdateMask(const v1::UpdateProtocolRequest& request, const Caller& caller,
                             Protocol* protocol) {
  const Protocol& update = request.protocol();
  const std::map<std::string, std::function<void()>> mutable_fields = {
      {"title", [&] { protocol->set_title(update.title()); }},
      {"territory", [&] { *protocol->mutable_territory() = update.territory(); }},
      {"legal_basis", [&] { *protocol->mutable_legal_basis() = update.legal_basis(); }},
      {"effective_from", [&] { protocol->set_effective_from(update.effective_from()); }},
      {"effective_to", [&] { protocol->set_effective_to(update.effective_to()); }},
      {"parties", [&] { ReplaceParties(protocol, update); }},
      {"sections", [&] { ReplaceSections(protocol, update, caller); }},
  };
  for (const auto& path : request.update_mask().paths()) {
    const auto field = mutable_fields.find(path);
    if (field == mutable_fields.end()) {
      return host::CannotBeChanged(*Protocol::descriptor(), path);
    }
    field->second();
  }
  if (protocol->title().empty() || protocol->effective_from().empty()) {
    return Refuse(rules::kFieldRequired, "title and effective_from cannot be empty.");
  }
  return absl::OkStatus();
}

}  // namespace accord::protocols
