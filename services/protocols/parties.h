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

// This is the office's own view: what it may count and what it is told, without reading records.
inline constexpr char kOffice[] = "#office";
// This viewer, which is no agency, finds what break-glass said of a record when the record ends.
inline constexpr char kFamily[] = "#family";
// Gives the director-level contact of an agency that otherwise may not read.
std::string DirectorOf(const std::string& agency);
// Who sees a referral, each as a viewer of storage::Placement.
std::vector<std::string> ViewersOf(const v1::Referral& referral);
// Gives sender and receiver alone, in the same way: who works on it.
std::vector<std::string> SidesOf(const v1::Referral& referral);

// It is true in force or under review: referrals may be made under it.
bool Operative(const v1::Protocol& protocol);
// Gives every signatory society with every signatory police service.
std::vector<std::pair<std::string, std::string>> SignatoryPairs(const v1::Protocol& protocol);

// It is true if staff of this agency are suspected. Then its director reads the referral, and nobody of the
// agency acts on it.
bool Implicated(const v1::Referral& referral, const std::string& agency);

// Whether somebody of the receiver may give what `assignee` has, which may be nobody, to `next`.
absl::Status CheckAssigns(const Caller& caller, const std::string& assignee, const std::string& next);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_PARTIES_H_
