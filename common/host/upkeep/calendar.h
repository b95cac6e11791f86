// This is the clock by which things fall due.
#ifndef ACCORD_COMMON_HOST_UPKEEP_CALENDAR_H_
#define ACCORD_COMMON_HOST_UPKEEP_CALENDAR_H_

#include "absl/status/statusor.h"
#include "accord/host/v1/config.pb.h"
#include "common/base/clock.h"

namespace accord::host {

// This gives `real` itself or, for demonstrations, a clock that runs `speed` times as fast; 0 means 1. It
// fails with INVALID_ARGUMENT for a speed below 1, and for any speed on a host that listens at more than the
// loopback address.
absl::StatusOr<FastClock> CalendarOf(const v1::HostConfig& host, double speed, const Clock* real);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_UPKEEP_CALENDAR_H_
