// This file is about the time zone in which accordctl shows instants to its caller, and about the
// abbreviations of zones.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_ZONE_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_ZONE_H_

#include <string>

#include "absl/time/time.h"

namespace accord::ctl {

// This gives the caller's time zone: the one in $TZ, or Ontario's if that is not a zone.
absl::TimeZone CallersZone();
// This gives a warning that $TZ is not a zone, so that times are Ontario's, and what to write instead; it is
// empty if it is a zone or is not set.
std::string ZoneWarning();
// This gives `EST` or `HNE`.
std::string ZoneText(absl::Time at, absl::TimeZone zone);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_ZONE_H_
