// Says which viewers (storage::Placement) see a referral.
#ifndef ACCORD_SERVICES_PROTOCOLS_REFERRAL_VIEWERS_H_
#define ACCORD_SERVICES_PROTOCOLS_REFERRAL_VIEWERS_H_

#include <string>
#include <vector>

#include "accord/protocols/v1/resources.pb.h"

namespace accord::protocols {

// This viewer is the coordination office, which sees what it may count and what it is told, but no records.
inline constexpr char kOffice[] = "#office";
// This viewer is no agency. By it, the text of what belongs to a referral is found when the referral ends.
inline constexpr char kFamily[] = "#family";
// This gives the viewer for the directors of an agency whose other staff may not read the referral.
std::string DirectorViewerOf(const std::string& agency);
// This gives the viewers that see a referral.
std::vector<std::string> ViewersOf(const v1::Referral& referral);
// This gives the sender and the receiver, who work on the referral, as viewers.
std::vector<std::string> SidesOf(const v1::Referral& referral);

// This says whether staff of this agency are suspected. If so, only its director reads the referral, and
// nobody of the agency acts on it.
bool Implicated(const v1::Referral& referral, const std::string& agency);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_REFERRAL_VIEWERS_H_
