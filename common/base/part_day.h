// Days of which a source may print no more than the month or the year.
#ifndef ACCORD_COMMON_BASE_PART_DAY_H_
#define ACCORD_COMMON_BASE_PART_DAY_H_

#include <optional>
#include <string_view>

#include "absl/time/civil_time.h"

namespace accord {

// The earliest and the latest day that is meant; a day that is printed in full is both.
struct PartDay {
  absl::CivilDay first, last;
};

// `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, or two of these with `..` between them, for a day that lies from the
// first to the second.
std::optional<PartDay> ParsePartDay(std::string_view text);

// This says how certain it is that something was so on a day.
enum class Certainty { kNo, kMaybe, kYes };

// Whether a day lies in a period that begins on `from` and does not have `until` any more, each in the form
// above. What is empty bounds nothing.
Certainty Within(std::string_view from, std::string_view until, absl::CivilDay day);

// Whether both are empty or of the form above, and a period can begin on the one and end on the other.
bool IsPeriod(std::string_view from, std::string_view until);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_PART_DAY_H_
