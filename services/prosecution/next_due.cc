#include "services/prosecution/next_due.h"

#include <algorithm>

#include "common/base/business_days.h"
#include "common/base/clock.h"
#include "common/base/law.h"
#include "services/prosecution/cases/next_court_day.h"

namespace accord::prosecution {
namespace {

// This says whether the coordinator is told of the ceiling, because it is so near or the trial is booked
// so late.
bool DueCeilingIsTold(const Rules& rules, const v1::Accused& accused) {
  const auto& days = rules.set().alert_days();
  const bool near = std::any_of(days.begin(), days.end(),
                                [&](int each) { return accused.clock().days_to_ceiling() <= each; });
  return near || accused.trial_end() > accused.clock().conservative().ceiling();
}

}  // namespace

std::optional<absl::Time> CeilingDue(const v1::Accused& accused, const v1::JordanClock& clock) {
  const auto day = ParseDay(clock.conservative().ceiling());
  if (!day || accused.trial_ended() || accused.stage() == v1::STAGE_CONCLUDED) return std::nullopt;
  return EndOfDay(*day);
}

void AddNextDue(const Rules& rules, const v1::Case& of, v1::Accused* accused) {
  accused->clear_next_due();
  accused->clear_next_due_what();
  accused->set_open_victim_tasks(of.open_tasks_size());
  if (accused->stage() == v1::STAGE_CONCLUDED) return;
  std::optional<absl::Time> due;
  const auto earlier = [&](absl::Time at, v1::NextDue what) {
    if (due && *due <= at) return;
    due = at;
    accused->set_next_due_what(what);
  };
  if (const auto court = ParseDay(NextCourtDay(*accused))) {
    earlier(EndOfDay(*court), v1::NEXT_DUE_COURT_DAY);
    if (!of.open_tasks().empty()) earlier(EndOfDay(*court - 1), v1::NEXT_DUE_VICTIM_TASKS);
  }
  if (const auto ceiling = CeilingDue(*accused, accused->clock());
      ceiling && DueCeilingIsTold(rules, *accused)) {
    earlier(*ceiling, v1::NEXT_DUE_CEILING);
  }
  if (due) *accused->mutable_next_due() = ToProto(*due);
}

void AddNextDue(const Rules& rules, v1::AdviceRequest* advice) {
  advice->clear_next_due();
  if (advice->state() != v1::ADVICE_STATE_REQUESTED) return;
  const absl::CivilDay asked = OntarioDay(FromProto(advice->create_time()));
  const absl::CivilDay due = AddBusinessDays(asked, rules.advice_business_days(), rules.set().calendar());
  *advice->mutable_next_due() = ToProto(EndOfDay(due));
}

}  // namespace accord::prosecution
