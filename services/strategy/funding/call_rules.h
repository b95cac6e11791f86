// This is what is asked of a call before it is stored, and what its criteria are known by.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_CALL_RULES_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_CALL_RULES_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "accord/strategy/v1/fund_resources.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/access/decide.h"

namespace accord::strategy {

// The least common multiple of all `max_points`, by which points of all criteria are added exactly. 0 if it
// is above a million, or if a criterion has no points.
int64_t CommonPoints(const v1::FundingCall& funding_call);

// OK for a call by which applications can be taken and ranked exactly. CRITERIA_INVALID for criteria that
// cannot be scored by, DATES_CONTRADICT for a closing that does not come after the opening, AMOUNT_INVALID,
// and FIELD_INVALID for the rest.
absl::Status CheckFundingCall(const v1::RuleSet& policy, const v1::FundingCall& funding_call);

// 64 hex digits over all that scorers and the panel go by.
std::string CriteriaDigest(const v1::FundingCall& funding_call);

// Closes what is open, once its instant has come: whoever reads it need not wait for the sweeper.
void Settle(absl::Time now, v1::FundingCall* funding_call);

// Each agency that the call names for this has agreed to the criteria as they are.
bool IsCoApproved(const v1::FundingCall& funding_call);

// Gives null if the person is not on the panel.
const v1::PanelMember* PanelMemberOf(const v1::FundingCall& funding_call, const Caller& caller);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_CALL_RULES_H_
