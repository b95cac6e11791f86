#include "common/host/upkeep/calendar.h"

#include "absl/strings/match.h"

namespace accord::host {

absl::StatusOr<FastClock> CalendarOf(const v1::HostConfig& host, double speed, const Clock* real) {
  if (speed == 0) return FastClock(real, 1);
  if (speed < 1 || !absl::StartsWith(host.listen(), "127.")) {
    return absl::InvalidArgumentError("unsafe_calendar_speed is at least 1, and needs a loopback address");
  }
  return FastClock(real, speed);
}

}  // namespace accord::host
