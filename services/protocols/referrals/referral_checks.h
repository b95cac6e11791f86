// A referral must pass these checks whenever it is sent or corrected. Nothing here uses a database.
#ifndef ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_CHECKS_H_
#define ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_CHECKS_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "accord/protocols/v1/resources.pb.h"

namespace accord::protocols {

bool IsIndigenous(const v1::Referral& referral);

// This requires that an immediate referral follows a telephone call, and that no call comes after `latest`,
// or before the day on which the facts were learnt.
absl::Status CheckPhoneContact(const v1::Referral& referral, absl::Time latest);

// This fails with FAILED_PRECONDITION and rule COMMUNITY_NOTICE_REQUIRED unless the community of an
// Indigenous child was told, or not told for a reason that the law permits (domain 2.4, rule 5).
absl::Status CheckCommunityNotice(const v1::Referral& referral);

// This compares what the sender says now with what it said before. An identity that creates an obligation
// cannot be taken back once the receiver has acted on it.
absl::Status CheckCorrection(const v1::Referral& before, const v1::Referral& after, absl::Time now);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_CHECKS_H_
