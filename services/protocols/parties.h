// Small questions about the parties of a protocol.
#ifndef ACCORD_SERVICES_PROTOCOLS_PARTIES_H_
#define ACCORD_SERVICES_PROTOCOLS_PARTIES_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/access/decide.h"
#include "common/access/names.h"

namespace accord::protocols {

bool IsPolice(v1::PartyCapacity capacity);
bool IsSociety(v1::PartyCapacity capacity);
// A party signs in the capacity its agency really has, whatever the draft calls it.
bool CapacityFits(v1::PartyCapacity capacity, AgencyKind kind);

// Gives null if the agency is no party.
const v1::ProtocolParty* PartyOf(const v1::Protocol& protocol, const std::string& agency);
v1::ProtocolParty* MutablePartyOf(v1::Protocol* protocol, const std::string& agency);
const v1::ProtocolParty* SignatoryOf(const v1::Protocol& protocol, const std::string& agency);

// The office as a viewer: it sees what it may count and what it is told, but no records.
inline constexpr char kOffice[] = "#office";
// The viewer, which is no agency, by which the text of break-glass access to a record is found when the
// record ends.
inline constexpr char kFamily[] = "#family";
// Gives the director-level contact of an agency that otherwise may not read.
std::string DirectorOf(const std::string& agency);
// The viewers (storage::Placement) that see a referral.
std::vector<std::string> ViewersOf(const v1::Referral& referral);
// Gives the sender and the receiver, who work on the referral, in the same form.
std::vector<std::string> SidesOf(const v1::Referral& referral);

// Whether the protocol is in force or under review, so that referrals may be made under it.
bool Operative(const v1::Protocol& protocol);
// Gives every signatory society with every signatory police service.
std::vector<std::pair<std::string, std::string>> SignatoryPairs(const v1::Protocol& protocol);

// Whether staff of this agency are suspected. If so, only its director reads the referral, and nobody of the
// agency acts on it.
bool Implicated(const v1::Referral& referral, const std::string& agency);

// Whether the caller, who is of the receiver, may reassign from `assignee`, which may be empty, to `next`.
absl::Status CheckAssigns(const Caller& caller, const std::string& assignee, const std::string& next);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_PARTIES_H_
