// This file is about times that people type.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_INSTANT_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_INSTANT_H_

#include <string>

#include "absl/status/statusor.h"

namespace accord::ctl {

// This gives the time in RFC 3339 in UTC, as requests have it. A time without zone is Ontario's, and 24:00 is
// the midnight that ends the day; INVALID_ARGUMENT, with what to write, if that comes twice or never on the
// day on which the clocks change, or if it is no time.
absl::StatusOr<std::string> InstantOf(const std::string& text, const char* option);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_INSTANT_H_
