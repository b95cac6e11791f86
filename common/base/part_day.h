// A source may give these days only to the month or the year.
#ifndef ACCORD_COMMON_BASE_PART_DAY_H_
#define ACCORD_COMMON_BASE_PART_DAY_H_

#include <optional>
#include <string_view>

#include "absl/time/civil_time.h"

namespace accord {

// These are the earliest and the latest day that may be meant; both are the same for a day that is given
// in full.
struct PartDay {
  absl::CivilDay first, last;
};

// This parses `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, or two of these with `..` between them for a day somewhere
// from the first to the second.
std::optional<PartDay> ParsePartDay(std::string_view text);

// This says how certain it is that something was true on a day.
enum class Certainty { kNo, kMaybe, kYes };

// This says whether a day lies in the period from `from` up to but not including `until`, each in the form
// above. An empty bound is no bound.
Certainty Within(std::string_view from, std::string_view until, absl::CivilDay day);

// This says whether both texts are empty or of the form above, and the first can precede the second.
bool IsPeriod(std::string_view from, std::string_view until);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_PART_DAY_H_
