#include "services/prosecution/accused/accused_clock.h"

#include <algorithm>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "services/prosecution/jordan/clock.h"

namespace accord::prosecution {
namespace {

// This gives a day that was checked when it was written.
absl::CivilDay AccusedClockDay(const std::string& text) { return ParseDay(text).value_or(absl::CivilDay()); }

jordan::Cause AccusedClockCause(v1::DelayCause cause) {
  switch (cause) {
    case v1::DELAY_CAUSE_WAIVER:
      return jordan::Cause::kWaiver;
    case v1::DELAY_CAUSE_DISCRETE_EVENT:
      return jordan::Cause::kDiscreteEvent;
    default:
      return jordan::Cause::kDefenceCaused;
  }
}

jordan::Position AccusedClockPosition(v1::DelayPosition position) {
  switch (position) {
    case v1::DELAY_POSITION_AGREED:
      return jordan::Position::kAgreed;
    case v1::DELAY_POSITION_FOUND_BY_COURT:
      return jordan::Position::kFoundByCourt;
    case v1::DELAY_POSITION_DISPUTED:
      return jordan::Position::kDisputed;
    default:
      return jordan::Position::kCrownAsserted;
  }
}

v1::ClockResult ClockResultOf(const jordan::Reckoning& reckoning) {
  v1::ClockResult result;
  result.set_total_days(reckoning.total);
  result.set_defence_days(reckoning.defence);
  result.set_net_days(reckoning.net);
  result.set_discrete_days(reckoning.discrete);
  result.set_remaining_days(reckoning.remaining);
  result.set_ceiling(FormatDay(reckoning.ceiling));
  result.set_net_above_ceiling(reckoning.net_above);
  result.set_remaining_above_ceiling(reckoning.remaining_above);
  return result;
}

}  // namespace

absl::CivilDay ClockStartOf(const v1::Accused& accused) {
  return AccusedClockDay(accused.retrial_from().empty() ? accused.charge_date() : accused.retrial_from());
}

absl::CivilDay ClockEndOf(const v1::Accused& accused, absl::CivilDay today) {
  if (accused.trial_ended()) return std::max(ClockStartOf(accused), AccusedClockDay(accused.trial_end()));
  // A booked day that has passed without an end of the trial does not stop the clock.
  const absl::CivilDay now = std::max(ClockStartOf(accused), today);
  return accused.trial_end().empty() ? now : std::max(now, AccusedClockDay(accused.trial_end()));
}

v1::JordanClock ClockOf(const Rules& rules, const v1::Accused& accused, absl::CivilDay today) {
  std::vector<jordan::Period> periods;
  for (const auto& delay : accused.delays()) {
    periods.push_back({{AccusedClockDay(delay.from()), AccusedClockDay(delay.to())},
                       AccusedClockCause(delay.cause()),
                       AccusedClockPosition(delay.position())});
  }
  const absl::CivilDay start = ClockStartOf(accused), end = ClockEndOf(accused, today);
  const v1::CeilingRule& ceiling = rules.Ceiling(accused.forum(), accused.preliminary_held());
  const int months = ceiling.months();
  const auto reckon = [&](jordan::View view) { return jordan::Reckon(start, end, months, periods, view); };
  const jordan::Reckoning conservative = reckon(jordan::View::kConservative);
  v1::JordanClock clock;
  clock.set_start(FormatDay(start));
  clock.set_end(accused.trial_end());
  clock.set_ceiling_months(months);
  clock.set_transitional(rules.Transitional(AccusedClockDay(accused.charge_date())));
  *clock.mutable_conservative() = ClockResultOf(conservative);
  *clock.mutable_crown() = ClockResultOf(reckon(jordan::View::kCrown));
  *clock.mutable_as_found() = ClockResultOf(reckon(jordan::View::kAsFound));
  clock.set_days_to_ceiling(static_cast<int>(conservative.ceiling - today));
  clock.set_law_note(rules.LawNote(today));
  clock.set_ceiling_source(ceiling.source());
  clock.set_rule_set(rules.digest());
  return clock;
}

}  // namespace accord::prosecution
