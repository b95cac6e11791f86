// This checks the days on which something happened.
#ifndef ACCORD_SERVICES_STRATEGY_DAYS_H_
#define ACCORD_SERVICES_STRATEGY_DAYS_H_

#include <string>

#include "absl/status/status.h"
#include "common/host/calls/call.h"

namespace accord::strategy {

// This fails with EVENT_IN_FUTURE of this field if the day is after today in Ontario.
absl::Status CheckDayNotInFuture(const host::Call& call, const std::string& field, const std::string& day);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_DAYS_H_
