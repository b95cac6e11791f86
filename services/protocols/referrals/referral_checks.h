// Checks that a referral must pass whenever it is sent or corrected. Nothing here uses a database.
#ifndef ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_CHECKS_H_
#define ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_CHECKS_H_

#include <google/protobuf/timestamp.pb.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/base/clock.h"
#include "common/host/calls/call.h"

namespace accord::protocols {

bool Indigenous(const v1::Referral& referral);

// An immediate referral follows a telephone call; no call comes after `latest`, nor before the day on which
// the facts were learnt.
absl::Status CheckPhoneContact(const v1::Referral& referral, absl::Time latest);

// FAILED_PRECONDITION with rule COMMUNITY_NOTICE_REQUIRED unless the community of an Indigenous child was
// told, or not told for a reason that the law permits (domain 2.4, rule 5).
absl::Status CheckCommunityNotice(const v1::Referral& referral);

// This is the second half of HappenedAt.
absl::StatusOr<google::protobuf::Timestamp> EnteredLate(v1::ReferralAct act,
                                                        const google::protobuf::Timestamp& happened_at,
                                                        const host::Call& call, v1::Referral* referral);

// Says when an act of the receiver happened: now, or at the instant that the request gives because it is
// entered later, which `referral` then keeps beside that of its entry. INVALID_ARGUMENT with rule
// HAPPENED_IN_FUTURE, or HAPPENED_TOO_EARLY before both the submission and the telephone call, or before the
// acknowledgement if it is a screening.
template <class Request>
absl::StatusOr<google::protobuf::Timestamp> HappenedAt(v1::ReferralAct act, const Request& request,
                                                       const host::Call& call, v1::Referral* referral) {
  if (!request.has_happened_at()) return ToProto(call.now());
  return EnteredLate(act, request.happened_at(), call, referral);
}

// Compares what the sender says now with what it said before. An identity that creates an obligation cannot
// be taken back once the receiver acted on it.
absl::Status CheckCorrection(const v1::Referral& before, const v1::Referral& after, absl::Time now);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_CHECKS_H_
