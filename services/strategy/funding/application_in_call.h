// An application is often needed together with the call that it answers.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_APPLICATION_IN_CALL_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_APPLICATION_IN_CALL_H_

#include "accord/strategy/v1/fund_resources.pb.h"
#include "accord/strategy/v1/funding_application_resources.pb.h"

namespace accord::strategy {

// Both records are as of now: a call whose closing time has passed is closed here.
struct ApplicationInCall {
  v1::FundingCall funding_call;
  v1::FundingApplication application;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_APPLICATION_IN_CALL_H_
