// This counts calendar months, as statutes and courts do.
#ifndef ACCORD_COMMON_BASE_MONTHS_H_
#define ACCORD_COMMON_BASE_MONTHS_H_

#include "absl/time/civil_time.h"

namespace accord {

// This is the last year that YYYY-MM-DD can write. A later end becomes the last day of this year.
inline constexpr int kLastYear = 9999;

// This gives the same day of the month `months` months later, or that month's last day if it is shorter. The
// day is never after the year 9999. `months` may be negative.
inline absl::CivilDay MonthsAfter(absl::CivilDay day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  if (month.year() > kLastYear) return absl::CivilDay(kLastYear, 12, 31);
  const absl::CivilDay same = absl::CivilDay(month) + (day.day() - 1);
  return absl::CivilMonth(same) == month ? same : absl::CivilDay(month + 1) - 1;
}

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_MONTHS_H_
