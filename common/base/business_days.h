// These functions count business days in Ontario, by the list of holidays and the calendar that a rule names.
#ifndef ACCORD_COMMON_BASE_BUSINESS_DAYS_H_
#define ACCORD_COMMON_BASE_BUSINESS_DAYS_H_

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "accord/annotations/v1/law.pb.h"

namespace accord {

// These are lists of holidays, which differ in Ontario (docs/domain.md, section 1.7).
enum class Holidays {
  // These are Ontario's public holidays (Employment Standards Act, 2000, s. 1) plus Easter Monday and the
  // Civic Holiday, on which government offices are closed. A holiday on a weekend moves to the next
  // working day.
  kOffices,
  // Courts are closed on these holidays and on Remembrance Day, by Civil Rule 1.03.
  kCourts,
  // This is the list of the Legislation Act, 2006, s. 88: it has Remembrance Day but no Civic Holiday, and
  // only a holiday on a Sunday moves to the next day.
  kLegislationAct,
};
// A business day is neither a Saturday nor a Sunday, nor a holiday of the list.
bool IsBusinessDay(absl::CivilDay day, Holidays list = Holidays::kOffices);
// This gives the n-th business day after `day`, where n >= 1.
absl::CivilDay AddBusinessDays(absl::CivilDay day, int n);

// This returns INVALID_ARGUMENT if the calendar names a proclaimed day that does not exist.
absl::Status CheckCalendar(const annotations::v1::BusinessCalendar& calendar);
// This says whether the day is a business day of the calendar's list and was not proclaimed a holiday.
bool IsBusinessDay(absl::CivilDay day, const annotations::v1::BusinessCalendar& calendar);
// This gives the n-th business day after `day`, where n >= 1.
absl::CivilDay AddBusinessDays(absl::CivilDay day, int n, const annotations::v1::BusinessCalendar& calendar);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_BUSINESS_DAYS_H_
