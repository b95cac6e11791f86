// These are the clocks of a referral: which run, when each is due, and what happens when nobody answers.
// Nothing here uses a database.
#ifndef ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_CLOCKS_H_
#define ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_CLOCKS_H_

#include <optional>
#include <vector>

#include "absl/time/time.h"
#include "accord/protocols/v1/resources.pb.h"
#include "services/protocols/rules.h"

namespace accord::protocols {

struct RunningClock {
  v1::ReferralClock clock;
  absl::Time start, due;
};

// This gives the instant from which the clocks of the work run: the submission, or the last reopening.
absl::Time ReferralClocksStart(const v1::Referral& referral);
// This gives the clocks that run.
std::vector<RunningClock> RunningClocks(const v1::Referral& referral);

// This adds an Escalation for every level that a running clock has reached at `now` and that was not told
// yet. It returns true if there was any. An alarm of a place of safety goes to the highest level at once.
bool Escalate(const Rules& rules, absl::Time now, v1::Referral* referral);
// This says when Escalate will next have something to add.
std::optional<absl::Time> NextEscalation(const Rules& rules, const v1::Referral& referral);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_CLOCKS_H_
