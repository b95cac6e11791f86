// Instants as people read them, in the caller's time zone.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_ZONE_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_ZONE_H_

#include <string>

#include "absl/time/time.h"

namespace accord::ctl {

// Gives the caller's time zone: the one in $TZ, or Ontario's if that is not a zone.
absl::TimeZone CallersZone();
// Gives a warning that $TZ is not a zone, so that times are Ontario's, and what to write instead;
// empty if it is a zone or is not set.
std::string ZoneWarning();
// Gives `2026-11-01 01:30:00 EDT -04:00` in the caller's zone, for people; abbreviation and offset
// distinguish the hour that comes twice. Programs get RFC 3339 in JSON and YAML.
std::string TimeText(absl::Time time);
// Gives the same for an instant by which something is due: midnight is 24:00:00 of the day that
// it ends.
std::string DueText(absl::Time time);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_ZONE_H_
