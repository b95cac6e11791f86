// Parses times that people type.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_INSTANT_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_INSTANT_H_

#include <string>

#include "absl/status/statusor.h"

namespace accord::ctl {

// Gives the time as RFC 3339 in UTC. A time without a zone is Ontario's. INVALID_ARGUMENT, with
// the right form, if it is not a time, or if it occurs twice or not at all on a day on which the
// clocks change.
absl::StatusOr<std::string> InstantOf(const std::string& text, const char* option);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_INSTANT_H_
