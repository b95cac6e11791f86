// Calendar months, as statutes and courts count them.
#ifndef ACCORD_COMMON_BASE_MONTHS_H_
#define ACCORD_COMMON_BASE_MONTHS_H_

#include "absl/time/civil_time.h"

namespace accord {

// The same day of the month so many months later, or that month's last. `months` may be negative.
inline absl::CivilDay MonthsAfter(absl::CivilDay day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const absl::CivilDay same = absl::CivilDay(month) + (day.day() - 1);
  return absl::CivilMonth(same) == month ? same : absl::CivilDay(month + 1) - 1;
}

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_MONTHS_H_
