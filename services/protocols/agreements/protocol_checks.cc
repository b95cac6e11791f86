#include "services/protocols/agreements/protocol_checks.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "services/protocols/parties.h"

namespace accord::protocols {
namespace {

using v1::Protocol;
using v1::ProtocolParty;

// This gives the territories in which the signatories work under the protocol: those that it names, and those
// that a pair shares if it shares none of the named ones.
std::set<std::string> TerritoriesBoundBy(const Protocol& protocol, const Territories& territories,
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
  for (const std::string& code : TerritoriesBoundBy(protocol, territories, today)) {
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

}  // namespace accord::protocols
