#include "services/protocols/next_due.h"

#include <algorithm>

#include "services/protocols/agreements/operative_protocol.h"
#include "services/protocols/agreements/protocol_signatures.h"
#include "services/protocols/referrals/referral_clocks.h"
#include "services/protocols/referrals/referral_end.h"

namespace accord::protocols {
namespace {

void TakeEarlier(std::optional<Due>* due, absl::Time at, v1::NextDue what) {
  if (!*due || at < (*due)->at) *due = Due{at, what};
}

// This takes the end of the day `text` if it is earlier than `due`; nothing changes if `text` is empty.
void TakeEarlierDay(std::optional<Due>* due, const std::string& text, v1::NextDue what) {
  if (const auto day = ParseDay(text)) TakeEarlier(due, EndOfDay(*day), what);
}

v1::NextDue DueByClock(v1::ReferralClock clock) {
  switch (clock) {
    case v1::REFERRAL_CLOCK_ACKNOWLEDGE:
      return v1::NEXT_DUE_ACKNOWLEDGE;
    case v1::REFERRAL_CLOCK_ASSESSMENT:
      return v1::NEXT_DUE_ASSESS;
    case v1::REFERRAL_CLOCK_RESPONSE:
      return v1::NEXT_DUE_RESPOND;
    case v1::REFERRAL_CLOCK_COMPLETION:
      return v1::NEXT_DUE_COMPLETE;
    case v1::REFERRAL_CLOCK_PLACE_OF_SAFETY:
      return v1::NEXT_DUE_LEAVE_PLACE_OF_SAFETY;
    default:
      return v1::NEXT_DUE_UNSPECIFIED;
  }
}

bool DueStepTaken(const v1::JointInvestigation& joint, int kind) {
  return std::any_of(joint.steps().begin(), joint.steps().end(),
                     [kind](const auto& step) { return step.kind() == kind; });
}

v1::NextDue NextStepOf(const v1::JointInvestigation& joint) {
  if (!DueStepTaken(joint, v1::JOINT_STEP_KIND_PLANNING_MEETING)) return v1::NEXT_DUE_PLAN;
  const auto& order = joint.planned_order();
  const bool done =
      std::all_of(order.begin(), order.end(), [&](int kind) { return DueStepTaken(joint, kind); });
  return done ? v1::NEXT_DUE_CONCLUDE : v1::NEXT_DUE_STEP;
}

}  // namespace

std::optional<Due> DueOf(const v1::Referral& referral, const std::string& agency, absl::Time now) {
  std::optional<Due> due;
  const bool ended = ReferralEnded(referral);
  for (const RunningClock& clock : RunningClocks(referral)) {
    if (!ended || clock.due > now) TakeEarlier(&due, clock.due, DueByClock(clock.clock));
  }
  for (const auto& flag : referral.flags()) {
    if (!ended && !flag.cleared() && flag.agency() == agency) {
      TakeEarlierDay(&due, flag.due_on(), v1::NEXT_DUE_FLAG);
    }
  }
  return due;
}

std::optional<Due> DueOf(const v1::Protocol& protocol) {
  std::optional<Due> due;
  switch (protocol.state()) {
    case v1::PROTOCOL_STATE_FOR_SIGNATURE:
    case v1::PROTOCOL_STATE_PARTIALLY_SIGNED:
      if (const auto from = ParseDay(protocol.effective_from()); from && !FullySigned(protocol)) {
        TakeEarlier(&due, EndOfDay(*from - 1), v1::NEXT_DUE_SIGN);
      }
      break;
    case v1::PROTOCOL_STATE_IN_FORCE:
      TakeEarlierDay(&due, protocol.next_review_due(), v1::NEXT_DUE_REVIEW);
      break;
    case v1::PROTOCOL_STATE_UNDER_REVIEW:
      TakeEarlierDay(&due, protocol.next_review_due(), v1::NEXT_DUE_RENEW);
      break;
    default:
      break;
  }
  if (Operative(protocol)) {
    TakeEarlierDay(&due, protocol.effective_to(), v1::NEXT_DUE_REPLACE);
    TakeEarlierDay(&due, protocol.terminates_on(), v1::NEXT_DUE_REPLACE);
  }
  return due;
}

std::optional<Due> DueOf(const v1::JointInvestigation& joint, const v1::Referral& referral) {
  std::optional<Due> due;
  if (joint.state() != v1::JOINT_INVESTIGATION_STATE_OPEN) return due;
  for (const RunningClock& clock : RunningClocks(referral)) {
    if (clock.clock == v1::REFERRAL_CLOCK_RESPONSE || clock.clock == v1::REFERRAL_CLOCK_COMPLETION) {
      TakeEarlier(&due, clock.due, NextStepOf(joint));
    }
  }
  return due;
}

std::optional<Due> DueOf(const v1::Dispute& dispute) {
  if (dispute.state() != v1::DISPUTE_STATE_OPEN || dispute.levels().empty()) return std::nullopt;
  return Due{FromProto(dispute.levels().rbegin()->due())};
}

std::optional<Due> DueOf(const v1::InspectorReferral& referral) {
  if (referral.state() != v1::INSPECTOR_REFERRAL_STATE_SUBMITTED) return std::nullopt;
  return Due{FromProto(referral.acknowledge_due())};
}

}  // namespace accord::protocols
