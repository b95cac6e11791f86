// These functions give days in Ontario and write them as text.
#ifndef ACCORD_COMMON_BASE_DAY_H_
#define ACCORD_COMMON_BASE_DAY_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace accord {

// This gives America/Toronto, the time zone of Ontario's statutes and courts. Parts of north-western Ontario
// keep Central Time; clocks for those parts take their zone explicitly.
absl::TimeZone OntarioZone();
absl::CivilDay OntarioDay(absl::Time at);

// This parses `YYYY-MM-DD`, and gives nullopt unless it is a day that exists.
std::optional<absl::CivilDay> ParseDay(std::string_view text);
std::string FormatDay(absl::CivilDay day);

// This gives the instant at which `day` ends in Ontario: the midnight after it, which is not part of the day.
absl::Time EndOfDay(absl::CivilDay day);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_DAY_H_
