// These functions check the days that a case and its accused name: none is in the future, and they are
// in order.
#ifndef ACCORD_SERVICES_PROSECUTION_CASES_EVENT_DAYS_H_
#define ACCORD_SERVICES_PROSECUTION_CASES_EVENT_DAYS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace accord::prosecution {

// This fails with INVALID_ARGUMENT and rule EVENT_IN_FUTURE if the day comes after today. An empty day is
// accepted, because the event has not happened.
absl::Status CheckPastDay(const std::string& field, const std::string& day, absl::Time now);
// This fails with INVALID_ARGUMENT and rule DATES_OUT_OF_ORDER, naming the field at fault, unless the days
// that are not empty are in order. Each pair is the path of a field, or the name of an event, and its day.
// Days as text sort as days.
absl::Status CheckDayOrder(const std::vector<std::pair<std::string, std::string>>& days);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_CASES_EVENT_DAYS_H_
