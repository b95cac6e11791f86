// This checks the days on which something happened.
#ifndef ACCORD_SERVICES_SUPPORTS_DAYS_H_
#define ACCORD_SERVICES_SUPPORTS_DAYS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace accord::supports {

// This fails with INVALID_ARGUMENT and rule EVENT_IN_FUTURE if the day comes after today. An empty day
// is accepted.
absl::Status CheckDayNotInFuture(const std::string& field, const std::string& day, absl::Time now);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_DAYS_H_
