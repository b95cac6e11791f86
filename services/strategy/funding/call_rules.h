// These functions check a call before it is stored, and compute the digest that identifies its criteria.
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

// Succeeds for a call whose applications can be ranked exactly. It fails with CRITERIA_INVALID for criteria
// that cannot be scored, with DATES_CONTRADICT for a closing that is not after the opening, with
// AMOUNT_INVALID for an impossible amount, and with FIELD_INVALID for everything else.
absl::Status CheckFundingCall(const v1::RuleSet& policy, const v1::FundingCall& funding_call);

// This gives a digest of 64 hex digits over everything on which scorers and the panel base their work.
std::string CriteriaDigest(const v1::FundingCall& funding_call);

// This tells whether each agency that the call names for this has agreed to the present criteria.
bool IsCallCoApproved(const v1::FundingCall& funding_call);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_CALL_RULES_H_
