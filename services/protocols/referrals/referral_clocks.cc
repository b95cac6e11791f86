#include "services/protocols/referrals/referral_clocks.h"

#include <algorithm>

#include "common/base/clock.h"
#include "services/protocols/referrals/referral_end.h"

namespace accord::protocols {
namespace {

struct EscalationStep {
  v1::ReferralClock clock;
  int level;
  absl::Time due, at;
};

// This gives every level of every running clock, with the instant at which it is reached.
std::vector<EscalationStep> EscalationSteps(const Rules& rules, const v1::Referral& referral) {
  std::vector<EscalationStep> steps;
  for (const RunningClock& running : RunningClocks(referral)) {
    const bool alarm = running.clock == v1::REFERRAL_CLOCK_PLACE_OF_SAFETY;
    for (const auto& rule : rules.escalations()) {
      const absl::Time at =
          alarm ? running.due : running.start + (running.due - running.start) * rule.multiple();
      steps.push_back({running.clock, rule.level(), running.due, at});
    }
  }
  return steps;
}

// A clock that was set anew can be missed again.
bool WasEscalated(const v1::Referral& referral, const EscalationStep& step) {
  return std::any_of(referral.escalations().begin(), referral.escalations().end(), [&](const auto& each) {
    return each.clock() == step.clock && each.level() == step.level && FromProto(each.due()) == step.due;
  });
}

}  // namespace

absl::Time ReferralClocksStart(const v1::Referral& referral) {
  absl::Time start = FromProto(referral.create_time());
  for (const auto& amendment : referral.amendments()) {
    if (amendment.kind() == v1::AMENDMENT_KIND_REOPENING) start = FromProto(amendment.time());
  }
  return start;
}

std::vector<RunningClock> RunningClocks(const v1::Referral& referral) {
  std::vector<RunningClock> running;
  const auto run = [&](v1::ReferralClock clock, absl::Time start, bool has_due,
                       const google::protobuf::Timestamp& due, bool stopped) {
    if (has_due && !stopped) running.push_back({clock, start, FromProto(due)});
  };
  const absl::Time submitted = FromProto(referral.create_time()), begun = ReferralClocksStart(referral);
  if (!ReferralEnded(referral)) {
    run(v1::REFERRAL_CLOCK_ACKNOWLEDGE, submitted, referral.has_acknowledge_due(), referral.acknowledge_due(),
        referral.has_acknowledged_at());
    run(v1::REFERRAL_CLOCK_ASSESSMENT, begun, referral.has_assessment_due(), referral.assessment_due(),
        referral.has_assessed_at());
    run(v1::REFERRAL_CLOCK_RESPONSE, begun, referral.has_response_due(), referral.response_due(),
        referral.has_responded_at());
    run(v1::REFERRAL_CLOCK_COMPLETION, begun, referral.has_completion_due(), referral.completion_due(),
        false);
  }
  run(v1::REFERRAL_CLOCK_PLACE_OF_SAFETY, FromProto(referral.brought_at()),
      referral.has_place_of_safety_until(), referral.place_of_safety_until(), false);
  return running;
}

bool Escalate(const Rules& rules, absl::Time now, v1::Referral* referral) {
  bool any = false;
  for (const EscalationStep& step : EscalationSteps(rules, *referral)) {
    if (step.at > now || WasEscalated(*referral, step)) continue;
    auto* escalation = referral->add_escalations();
    escalation->set_clock(step.clock);
    escalation->set_level(step.level);
    *escalation->mutable_due() = ToProto(step.due);
    *escalation->mutable_time() = ToProto(now);
    any = true;
  }
  return any;
}

std::optional<absl::Time> NextEscalation(const Rules& rules, const v1::Referral& referral) {
  std::optional<absl::Time> next;
  for (const EscalationStep& step : EscalationSteps(rules, referral)) {
    if (!WasEscalated(referral, step) && (!next || step.at < *next)) next = step.at;
  }
  return next;
}

}  // namespace accord::protocols
