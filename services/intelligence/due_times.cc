#include "services/intelligence/due_times.h"

#include <algorithm>

#include "common/base/business_days.h"
#include "common/base/clock.h"
#include "common/base/law.h"
#include "common/base/months.h"

namespace accord::intelligence {

std::string ReviewDue(const v1::RuleSet& rules, const v1::Report& report, absl::CivilDay today) {
  bool victim = false, other = false;
  for (const auto& entity : report.entities()) {
    victim = victim || entity.kind() == v1::ENTITY_KIND_PERSON_VICTIM;
    other = other || entity.kind() == v1::ENTITY_KIND_PERSON_SUBJECT ||
            entity.kind() == v1::ENTITY_KIND_ORGANISATION;
  }
  const int months = victim && !other ? rules.victim_only_months() : rules.review_months();
  const std::string policy = FormatDay(MonthsAfter(today, months));
  const std::string& youth = report.youth_access_ends_on();
  return youth.empty() ? policy : std::min(policy, youth);
}

std::string DueEndOfReport(const v1::RuleSet& rules, const v1::Report& report) {
  if (!report.review_due().empty()) return report.review_due();
  return ReviewDue(rules, report, OntarioDay(FromProto(report.create_time())));
}

std::optional<absl::Time> NextDue(const v1::RuleSet& rules, const v1::Report& report) {
  std::optional<absl::Time> due;
  // A review that is due waits for people.
  if (report.state() != v1::REPORT_STATE_REVIEW_DUE)
    due = EndOfDay(*ParseDay(DueEndOfReport(rules, report)) - 1);
  if (const auto youth = ParseDay(report.youth_access_ends_on())) {
    due = std::min(due.value_or(absl::InfiniteFuture()), EndOfDay(*youth));
  }
  return due;
}

absl::Time ReleaseDue(const v1::RuleSet& rules, bool urgent, absl::Time now) {
  return urgent ? now + absl::Hours(rules.urgent_release_hours())
                : EndOfDay(AddBusinessDays(OntarioDay(now), rules.release_business_days(), rules.calendar()));
}

absl::Time RequestDue(const v1::RuleSet& rules, v1::RequestPriority priority, absl::Time now) {
  if (priority == v1::REQUEST_PRIORITY_URGENT) return now + absl::Hours(rules.urgent_request_hours());
  if (priority == v1::REQUEST_PRIORITY_PRIORITY) return now + absl::Hours(rules.priority_request_hours());
  return EndOfDay(AddBusinessDays(OntarioDay(now), rules.routine_request_business_days(), rules.calendar()));
}

}  // namespace accord::intelligence
