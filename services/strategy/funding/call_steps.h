// These functions look at the step of a call: it is open, closed, being evaluated or decided.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_CALL_STEPS_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_CALL_STEPS_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "accord/strategy/v1/fund_resources.pb.h"

namespace accord::strategy {

// This closes an open call whose closing instant has come, so that a reader need not wait for the sweeper.
void CloseCallWhenDue(absl::Time now, v1::FundingCall* funding_call);

// This fails with CALL_NOT_AT_STEP unless the call takes scores, or will take them next.
absl::Status CheckCallBeforeDecision(const v1::FundingCall& funding_call);

// This tells whether the call is decided, with or without agreements that are still open.
bool IsCallDecided(const v1::FundingCall& funding_call);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_CALL_STEPS_H_
