// Checks of a call before it is stored, and the digest that identifies its criteria.
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

// OK for a call whose applications can be ranked exactly. Otherwise CRITERIA_INVALID for criteria that cannot
// be scored, DATES_CONTRADICT for a closing that is not after the opening, AMOUNT_INVALID, and FIELD_INVALID
// for the rest.
absl::Status CheckFundingCall(const v1::RuleSet& policy, const v1::FundingCall& funding_call);

// 64 hex digits over everything that scorers and the panel base their work on.
std::string CriteriaDigest(const v1::FundingCall& funding_call);

// Whether each agency that the call names for this has agreed to the present criteria.
bool IsCallCoApproved(const v1::FundingCall& funding_call);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_CALL_RULES_H_
