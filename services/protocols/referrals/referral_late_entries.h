// These functions are about acts on a referral that are entered after they happened, as after an outage.
#ifndef ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_LATE_ENTRIES_H_
#define ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_LATE_ENTRIES_H_

#include <google/protobuf/timestamp.pb.h>

#include "absl/status/statusor.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/base/clock.h"
#include "common/host/calls/call.h"

namespace accord::protocols {

// HappenedAt calls this for a request that gives an instant.
absl::StatusOr<google::protobuf::Timestamp> EnteredLate(v1::ReferralAct act,
                                                        const google::protobuf::Timestamp& happened_at,
                                                        const host::Call& call, v1::Referral* referral);

// This says when an act of the receiver happened: now, or at the instant that the request gives because the
// act is entered later, which `referral` then keeps beside the instant of its entry. It fails with
// INVALID_ARGUMENT and rule HAPPENED_IN_FUTURE, or with rule HAPPENED_TOO_EARLY before both the submission
// and the telephone call, or before the acknowledgement if it is a screening.
template <class Request>
absl::StatusOr<google::protobuf::Timestamp> HappenedAt(v1::ReferralAct act, const Request& request,
                                                       const host::Call& call, v1::Referral* referral) {
  if (!request.has_happened_at()) return ToProto(call.now());
  return EnteredLate(act, request.happened_at(), call, referral);
}

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_LATE_ENTRIES_H_
