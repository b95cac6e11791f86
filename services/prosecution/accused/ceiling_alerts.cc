#include "services/prosecution/accused/ceiling_alerts.h"

#include <algorithm>
#include <string>

#include "common/base/day.h"
#include "services/prosecution/accused/accused_clock.h"

namespace accord::prosecution {
namespace {

bool WasCeilingAlerted(const v1::Accused& accused, int days) {
  const auto& told = accused.alerted_days();
  return std::find(told.begin(), told.end(), days) != told.end();
}

}  // namespace

std::vector<int> CeilingAlertsDue(const Rules& rules, const v1::Accused& accused, absl::CivilDay today) {
  std::vector<int> due;
  if (accused.trial_ended()) return due;
  const v1::JordanClock clock = ClockOf(rules, accused, today);
  for (int days : rules.set().alert_days()) {
    if (clock.days_to_ceiling() <= days && !WasCeilingAlerted(accused, days)) due.push_back(days);
  }
  if (accused.trial_end() > clock.conservative().ceiling() && !WasCeilingAlerted(accused, kPastCeiling)) {
    due.push_back(kPastCeiling);
  }
  return due;
}

std::optional<absl::CivilDay> NextCeilingAlert(const Rules& rules, const v1::Accused& accused,
                                               absl::CivilDay today) {
  if (accused.trial_ended()) return std::nullopt;
  if (!CeilingAlertsDue(rules, accused, today).empty()) return today;
  const std::string ceiling = ClockOf(rules, accused, today).conservative().ceiling();
  const absl::CivilDay last = ParseDay(ceiling).value_or(absl::CivilDay());
  std::optional<absl::CivilDay> next;
  for (int days : rules.set().alert_days()) {
    if (WasCeilingAlerted(accused, days) || (next && *next <= last - days)) continue;
    next = last - days;
  }
  return next;
}

}  // namespace accord::prosecution
