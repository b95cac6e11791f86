// This file is about days, instants and durations as people read them.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_TIME_TEXT_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_TIME_TEXT_H_

#include <string>

#include "absl/time/time.h"

namespace accord::ctl {

// This gives `2026-11-27` or `27 novembre 2026`. A text that is not a day is returned unchanged.
std::string DayText(const std::string& day);
// This gives `2026-11-27 14:05 EST` or `27 novembre 2026, 14 h 05 HNE`. With `ends_days`, midnight is 24:00
// of the day that it ends.
std::string MomentText(absl::Time at, absl::TimeZone zone, bool ends_days = false);
// This gives `2026-11-01 01:30:00 EDT -04:00` in the caller's zone, for people; abbreviation and offset
// distinguish the hour that comes twice. Programs get RFC 3339 in JSON and YAML.
std::string TimeText(absl::Time time);
// This gives the same for an instant by which something is due: midnight is 24:00:00 of the day that it ends.
std::string DueText(absl::Time time);
// This gives "3 h", "2 d", "40 s".
std::string DurationText(absl::Duration age);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_TIME_TEXT_H_
