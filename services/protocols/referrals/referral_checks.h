// A referral must pass these checks when it is sent, corrected or ended. Nothing here uses a database.
#ifndef ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_CHECKS_H_
#define ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_CHECKS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "accord/protocols/v1/resources.pb.h"
#include "services/protocols/coverage/territories.h"

namespace accord::protocols {

bool IsIndigenous(const v1::Referral& referral);

// This requires that sender and receiver signed the protocol. If the staff of a signatory is suspected, an
// outside society or police service may receive the referral instead.
absl::Status CheckSidesSigned(const v1::Protocol& protocol, const v1::Referral& referral,
                              const std::string& sender, const Territories& territories);

// This requires that a referral about an agency's staff names that agency, which must be known and must not
// be the receiver.
absl::Status CheckSuspectedStaff(const v1::Referral& referral, const v1::Protocol& protocol,
                                 const Territories& territories);

// This requires that a service referral, and no other, names its service, and that the youth consented to it.
absl::Status CheckServiceReferral(const v1::Referral& referral);

// This requires that the birth date, if there is one, fits the age band on the day of the event. It clears
// the birth date, which is not kept.
absl::Status CheckReferralBirthDate(v1::Referral* referral, absl::CivilDay event_day);

// This requires that an immediate referral follows a telephone call, and that no call comes after `latest`,
// or before the day on which the facts were learnt.
absl::Status CheckPhoneContact(const v1::Referral& referral, absl::Time latest);

// This fails with FAILED_PRECONDITION and rule COMMUNITY_NOTICE_REQUIRED unless the community of an
// Indigenous child was told, or not told for a reason that the law permits (domain 2.4, rule 5).
absl::Status CheckCommunityNotice(const v1::Referral& referral);

// This compares what the sender says now with what it said before. An identity that creates an obligation
// cannot be taken back once the receiver has acted on it.
absl::Status CheckCorrection(const v1::Referral& before, const v1::Referral& after, absl::Time now);

// This requires that the referral is no duty to report, which is neither taken back nor declined.
absl::Status CheckNoDutyToReport(const v1::Referral& referral);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_CHECKS_H_
