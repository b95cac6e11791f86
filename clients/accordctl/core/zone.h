// Instants as people read them, in the time zone of whoever calls.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_ZONE_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_ZONE_H_

#include <string>

#include "absl/time/time.h"

namespace accord::ctl {

// The caller's time zone: what $TZ names, or Ontario's where it names none.
absl::TimeZone CallersZone();
// Says that $TZ names no zone, so that times are Ontario's, and what to write instead; empty if it names one
// or is not set.
std::string ZoneWarning();
// People read `2026-11-01 01:30:00 EDT -04:00`, in their own zone; abbreviation and offset tell the hour that
// comes twice. Programs get RFC 3339 in JSON and YAML.
std::string TimeText(absl::Time time);
// The same of an instant by which something is due: midnight is 24:00:00 of the day that ends with it.
std::string DueText(absl::Time time);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_ZONE_H_
