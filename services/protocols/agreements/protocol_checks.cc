#include "services/protocols/agreements/protocol_checks.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/field_refusal.h"
#include "common/host/calls/update_mask.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/parties.h"

namespace accord::protocols {
namespace {

using v1::Protocol;
using v1::ProtocolParty;

// Until parties sign, only the lead says in which capacity they are parties, which makes no agency a
// police service.
bool MayRead(const v1::Section& section, const ProtocolParty* party, const Caller& caller) {
  if (section.visibility() == v1::SECTION_VISIBILITY_PUBLIC) return true;
  if (party == nullptr) return false;
  if (section.visibility() == v1::SECTION_VISIBILITY_PARTIES) return true;
  return IsPolice(party->capacity()) && CapacityFits(party->capacity(), caller.kind);
}

// Sections that the writer cannot read stay as they are.
void ReplaceSections(Protocol* protocol, const Protocol& update, const Caller& caller) {
  const ProtocolParty* party = PartyOf(*protocol, caller.agency);
  auto* sections = protocol->mutable_sections();
  sections->erase(std::remove_if(sections->begin(), sections->end(),
                                 [&](const auto& section) { return MayRead(section, party, caller); }),
                  sections->end());
  sections->MergeFrom(update.sections());
}

// Contacts are each party's own and stay.
void ReplaceParties(Protocol* protocol, const Protocol& update) {
  const Protocol before = *protocol;
  *protocol->mutable_parties() = update.parties();
  for (auto& party : *protocol->mutable_parties()) {
    if (const auto* known = PartyOf(before, party.agency())) *party.mutable_contacts() = known->contacts();
  }
}

// Gives the ground on which the signatories work under the protocol: the territories that it names, and the
// shared ground of each pair for which it names none.
std::set<std::string> GroundOf(const Protocol& protocol, const Territories& territories,
                               absl::CivilDay today) {
  const std::set<std::string> named(protocol.territory().begin(), protocol.territory().end());
  std::set<std::string> ground = named;
  const auto pairs = territories.PairsOn(today);
  for (const auto& pair : SignatoryPairs(protocol)) {
    const auto shared = pairs.find(pair);
    if (shared == pairs.end()) continue;
    const std::vector<std::string>& codes = shared->second;
    const bool none = std::none_of(codes.begin(), codes.end(),
                                   [&](const std::string& code) { return named.contains(code); });
    if (none) ground.insert(codes.begin(), codes.end());
  }
  return ground;
}

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

Protocol ReadableBy(Protocol protocol, const Caller& caller) {
  const ProtocolParty* party = PartyOf(protocol, caller.agency);
  auto* sections = protocol.mutable_sections();
  sections->erase(std::remove_if(sections->begin(), sections->end(),
                                 [&](const auto& section) { return !MayRead(section, party, caller); }),
                  sections->end());
  auto* comments = protocol.mutable_comments();
  // A comment on a section is read by who reads the section.
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

absl::Status CheckParties(const Protocol& protocol, const std::string& lead) {
  std::set<std::string> seen;
  bool society = false, police = false;
  for (int i = 0; i < protocol.parties_size(); ++i) {
    const auto& party = protocol.parties(i);
    if (!seen.insert(party.agency()).second) {
      return RefuseField(rules::kPartyTwice, absl::StrCat("protocol.parties[", i, "].agency"),
                         "is a party already");
    }
    const bool signs = party.part() == v1::PARTY_PART_SIGNATORY;
    if (signs && !IsSociety(party.capacity()) && !IsPolice(party.capacity())) {
      return Refuse(rules::kSignatoryCannotSign,
                    "Societies and police services sign; whoever else is a party is consulted or observes.");
    }
    society |= signs && IsSociety(party.capacity());
    police |= signs && IsPolice(party.capacity());
  }
  if (!society || !police) {
    return Refuse(rules::kPartiesIncomplete,
                  "A protocol needs a society and a police service among its signatories.");
  }
  if (!seen.contains(lead)) {
    return Refuse(rules::kLeadNotParty, "The lead agency must be a party.");
  }
  if (SignatoryOf(protocol, lead) == nullptr) {
    return Refuse(rules::kLeadNotSignatory, "Who leads a protocol signs it.");
  }
  return absl::OkStatus();
}

absl::Status CheckText(const Protocol& protocol, const Territories& territories, absl::CivilDay today) {
  for (int i = 0; i < protocol.parties_size(); ++i) {
    const auto& party = protocol.parties(i);
    ACCORD_RETURN_IF_ERROR(CheckDayHasCome(absl::StrCat("protocol.parties[", i, "].declined_on"),
                                           party.declined_on(), today, rules::kDeclineInFuture));
    if (!party.declined_on().empty() && party.decline_record().empty()) {
      return Refuse(rules::kDeclineNotWritten,
                    "A decline is in writing: decline_record says where that is kept.");
    }
  }
  std::set<int> codes;
  for (int i = 0; i < protocol.sections_size(); ++i) {
    if (codes.insert(protocol.sections(i).code()).second) continue;
    return RefuseField(rules::kSectionTwice, absl::StrCat("protocol.sections[", i, "].code"),
                       "is the code of a section before it");
  }
  if (!protocol.effective_to().empty() && protocol.effective_to() <= protocol.effective_from()) {
    return RefuseField(rules::kDatesContradict, "protocol.effective_to", "must come after effective_from");
  }
  for (int i = 0; i < protocol.territory_size(); ++i) {
    if (territories.Known(protocol.territory(i))) continue;
    return RefuseField(rules::kTerritoryUnknown, absl::StrCat("protocol.territory[", i, "]"),
                       "is no code of a territory that is known");
  }
  const bool addendum = protocol.kind() == v1::PROTOCOL_KIND_HT_ADDENDUM;
  if (addendum == protocol.parent_protocol().empty()) {
    return Refuse(rules::kParentProtocol, "An addendum, and nothing else, names its parent_protocol.");
  }
  return absl::OkStatus();
}

absl::Status CheckAddendum(const Protocol& addendum, const Protocol& parent) {
  for (const auto& party : addendum.parties()) {
    if (party.part() == v1::PARTY_PART_SIGNATORY && SignatoryOf(parent, party.agency()) == nullptr) {
      return Refuse(rules::kAddendumSignatories,
                    "Whoever signs an addendum signed the protocol that it adds to.");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckSuccessor(const Protocol& successor, const Protocol& old) {
  for (const auto& party : old.parties()) {
    if (party.part() == v1::PARTY_PART_SIGNATORY && SignatoryOf(successor, party.agency()) == nullptr) {
      return Refuse(rules::kSuccessorSignatories,
                    "Every signatory of the protocol that this one replaces signs this one too.");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckComplete(const Protocol& protocol) {
  std::set<int> missing;
  for (int code = 1; v1::SectionCode_IsValid(code); ++code) missing.insert(code);
  for (const auto& section : protocol.sections()) missing.erase(section.code());
  if (missing.empty()) return absl::OkStatus();
  std::string names;
  for (int code : missing) absl::StrAppend(&names, " ", ShortName(v1::SectionCode_descriptor(), code));
  return Refuse(rules::kSectionsMissing, absl::StrCat("Required sections are missing:", names));
}

absl::Status CheckConsulted(const Protocol& protocol, const Territories& territories, absl::CivilDay today) {
  for (const auto& comment : protocol.comments()) {
    if (comment.disposition() == v1::COMMENT_DISPOSITION_UNSPECIFIED) {
      return Refuse(rules::kCommentUnanswered,
                    "Every comment needs a disposition before the text is offered.");
    }
  }
  for (const std::string& code : GroundOf(protocol, territories, today)) {
    for (const std::string& agency : territories.IndigenousOf(code, today)) {
      const ProtocolParty* party = PartyOf(protocol, agency);
      const bool heard =
          party != nullptr && (party->part() != v1::PARTY_PART_OBSERVER || !party->declined_on().empty());
      if (!heard) {
        return Refuse(rules::kIndigenousPartyMissing,
                      absl::StrCat(agency,
                                   " serves this territory: it signs, is consulted, or its written decline "
                                   "is recorded."));
      }
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> StandsOn(storage::Transaction& tx, storage::Resources* protocols,
                              const Protocol& protocol, absl::CivilDay day) {
  if (!Operative(protocol)) return false;
  for (const std::string& text : {protocol.effective_to(), protocol.terminates_on()}) {
    const auto last = ParseDay(text);
    if (last && *last < day) return false;
  }
  if (protocol.parent_protocol().empty()) return true;
  Protocol parent;
  ACCORD_RETURN_IF_ERROR(protocols->GetAny(tx, protocol.parent_protocol(), &parent));
  return StandsOn(tx, protocols, parent, day);
}

bool FullySigned(const Protocol& protocol) {
  return std::all_of(protocol.parties().begin(), protocol.parties().end(), [](const auto& party) {
    return party.part() != v1::PARTY_PART_SIGNATORY || !party.signed_digest().empty();
  });
}

void VoidSignatures(Protocol* protocol) {
  for (auto& party : *protocol->mutable_parties()) {
    party.clear_signed_by();
    party.clear_signed_digest();
    party.clear_signed_at();
    party.clear_renewal_signed();
  }
}

void OpenReview(v1::ReviewKind kind, const std::string& reason, absl::Time now, Protocol* protocol) {
  auto* review = protocol->add_reviews();
  review->set_kind(kind);
  review->set_reason(reason);
  *review->mutable_start_time() = ToProto(now);
  for (auto& party : *protocol->mutable_parties()) party.clear_renewal_signed();
}

absl::Status Advance(Protocol* protocol, const std::string& event) {
  ACCORD_ASSIGN_OR_RETURN(int next, ProtocolLifecycle().Next(protocol->state(), event));
  protocol->set_state(static_cast<v1::ProtocolState>(next));
  return absl::OkStatus();
}

absl::Status ApplyMask(const v1::UpdateProtocolRequest& request, const Caller& caller, Protocol* protocol) {
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
