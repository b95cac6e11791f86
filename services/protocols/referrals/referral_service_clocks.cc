// This file sets the clocks of a referral when it is sent, and sets them anew when work on it begins again.
#include "common/base/error.h"
#include "common/storage/records/schedule.h"
#include "services/protocols/next_due.h"
#include "services/protocols/referrals/referral_service.h"

namespace accord::protocols {
using v1::Referral;

absl::Status ReferralService::StartClocks(absl::Time now, bool to_society, Referral* referral) const {
  ACCORD_ASSIGN_OR_RETURN(absl::Time acknowledge,
                          rules_->Due(v1::CLOCK_KIND_ACKNOWLEDGE, referral->urgency(), now));
  ACCORD_ASSIGN_OR_RETURN(absl::Time assessment,
                          rules_->Due(v1::CLOCK_KIND_ASSESSMENT, referral->urgency(), now));
  ACCORD_ASSIGN_OR_RETURN(absl::Time response,
                          rules_->Due(v1::CLOCK_KIND_RESPONSE, referral->urgency(), now));
  ACCORD_ASSIGN_OR_RETURN(absl::Time completion,
                          rules_->Due(v1::CLOCK_KIND_COMPLETION, referral->urgency(), now));
  *referral->mutable_completion_due() = ToProto(completion);
  *referral->mutable_acknowledge_due() = ToProto(acknowledge);
  // The Standards bind societies alone.
  if (to_society) *referral->mutable_assessment_due() = ToProto(assessment);
  *referral->mutable_response_due() = ToProto(response);
  referral->set_rule_set(rules_->digest());
  return absl::OkStatus();
}

absl::Status ReferralService::RestartClocks(absl::Time from, Referral* referral) const {
  const auto due = [&](v1::ClockKind clock) { return rules_->Due(clock, referral->urgency(), from); };
  ACCORD_ASSIGN_OR_RETURN(const absl::Time completion, due(v1::CLOCK_KIND_COMPLETION));
  *referral->mutable_completion_due() = ToProto(completion);
  if (!referral->has_responded_at()) {
    ACCORD_ASSIGN_OR_RETURN(const absl::Time response, due(v1::CLOCK_KIND_RESPONSE));
    *referral->mutable_response_due() = ToProto(response);
  }
  if (referral->has_assessment_due() && !referral->has_assessed_at()) {
    ACCORD_ASSIGN_OR_RETURN(const absl::Time assessment, due(v1::CLOCK_KIND_ASSESSMENT));
    *referral->mutable_assessment_due() = ToProto(assessment);
  }
  referral->set_rule_set(rules_->digest());
  return absl::OkStatus();
}

}  // namespace accord::protocols
