#include "services/strategy/funding/call_steps.h"

#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::strategy {

void CloseCallWhenDue(absl::Time now, v1::FundingCall* funding_call) {
  if (funding_call->state() == v1::FUNDING_CALL_STATE_OPEN && now >= FromProto(funding_call->closes_at())) {
    funding_call->set_state(v1::FUNDING_CALL_STATE_CLOSED);
  }
}

absl::Status CheckCallBeforeDecision(const v1::FundingCall& funding_call) {
  if (funding_call.state() == v1::FUNDING_CALL_STATE_CLOSED ||
      funding_call.state() == v1::FUNDING_CALL_STATE_EVALUATION) {
    return absl::OkStatus();
  }
  return Refuse(rules::kCallNotAtStep, "This is done between the closing and the decision.");
}

bool IsCallDecided(const v1::FundingCall& funding_call) {
  return funding_call.state() == v1::FUNDING_CALL_STATE_DECIDED ||
         funding_call.state() == v1::FUNDING_CALL_STATE_CONTRACTED;
}

}  // namespace accord::strategy
