// This file says whether a referral has ended, when its record ends, and by which rule.
#ifndef ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_END_H_
#define ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_END_H_

#include <optional>
#include <vector>

#include "absl/time/time.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/storage/retention/retention.h"
#include "services/protocols/rules.h"

namespace accord::protocols {

// This says whether a referral is closed, redirected, revoked or rejected. Nothing runs then except the alarm
// of a place of safety.
bool ReferralEnded(const v1::Referral& referral);

// This says when the record ends, how, and by which rule.
struct Ending {
  absl::Time at;
  storage::End end;
  const char* reason;
};
std::vector<Ending> EndsOf(const Rules& rules, const v1::Referral& referral);
// This says when time itself moves the referral next: an escalation or its end.
std::optional<absl::Time> NextInstant(const Rules& rules, const v1::Referral& referral);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_END_H_
