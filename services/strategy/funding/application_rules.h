// These functions check an application before it is stored, submitted and screened.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_APPLICATION_RULES_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_APPLICATION_RULES_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "accord/strategy/v1/fund_resources.pb.h"
#include "accord/strategy/v1/funding_application_resources.pb.h"
#include "accord/strategy/v1/funding_application_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"

namespace accord::strategy {

// This refuses content that no version of an application to this call may have. It fails with AMOUNT_INVALID,
// FISCAL_YEAR_INVALID, FISCAL_YEAR_OUTSIDE, YEARS_DO_NOT_SUM, DOCUMENT_REFUSED or FIELD_INVALID.
absl::Status CheckApplicationContent(const v1::RuleSet& policy, const v1::FundingCall& funding_call,
                                     const v1::ApplicationContent& content);
// This fails with ANSWER_MISSING unless each criterion has an answer.
absl::Status CheckApplicationAnswers(const v1::FundingCall& funding_call,
                                     const v1::ApplicationContent& content);
// This fails with APPLICANT_NOT_ELIGIBLE unless organisations of this kind may apply.
absl::Status CheckApplicationOfEligibleKind(const v1::FundingCall& funding_call, int kind);
// This fails with FIELD_INVALID unless there is one finding for each line, with a reason where the line is
// not met.
absl::Status CheckApplicationFindings(const v1::FundingCall& funding_call,
                                      const v1::ScreenFundingApplicationRequest& request);
// This fails with FIELD_INVALID for a reason that names the organisation or says how to reach somebody: once
// the call is decided, everybody reads it.
absl::Status CheckLateApplicationReason(const v1::FundingApplication& application, const std::string& reason);

// This makes the version that was submitted last the one that counts once the call is closed, whatever was
// written since.
void SettleApplication(const v1::FundingCall& funding_call, v1::FundingApplication* application);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_APPLICATION_RULES_H_
