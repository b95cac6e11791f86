#include "services/prosecution/cases/event_days.h"

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"

namespace accord::prosecution {

absl::Status CheckPastDay(const std::string& field, const std::string& day, absl::Time now) {
  if (day.empty()) return absl::OkStatus();
  if (!ParseDay(day)) return RefuseFields({{field, "must be YYYY-MM-DD, a day that exists"}});
  return CheckDayHasCome(field, day, OntarioDay(now));
}

absl::Status CheckDayOrder(const std::vector<std::pair<std::string, std::string>>& days) {
  std::pair<std::string, std::string> latest;
  for (const auto& day : days) {
    if (day.second.empty()) continue;
    ACCORD_RETURN_IF_ERROR(CheckDaysInOrder(latest.first, latest.second, day.first, day.second));
    latest = day;
  }
  return absl::OkStatus();
}

}  // namespace accord::prosecution
