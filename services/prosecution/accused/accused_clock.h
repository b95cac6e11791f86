// Where an accused stands against the ceiling, and when the coordinator is told.
#ifndef ACCORD_SERVICES_PROSECUTION_ACCUSED_ACCUSED_CLOCK_H_
#define ACCORD_SERVICES_PROSECUTION_ACCUSED_ACCUSED_CLOCK_H_

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "accord/prosecution/v1/resources.pb.h"
#include "services/prosecution/rules.h"

namespace accord::prosecution {

// Gives the charge, or the day on which a new trial was ordered.
absl::CivilDay StartOf(const v1::Accused& accused);
// Gives the actual end of the trial; before it has ended, the booked one or today, whichever is later.
absl::CivilDay EndOf(const v1::Accused& accused, absl::CivilDay today);

v1::JordanClock ClockOf(const Rules& rules, const v1::Accused& accused, absl::CivilDay today);

// The value among the reported days that says that the trial is booked past the ceiling.
inline constexpr int kPastCeiling = 0;

// The alerts that are due today and were not told yet: numbers of days before the ceiling, and kPastCeiling.
// Empty once the trial is over.
std::vector<int> AlertsDue(const Rules& rules, const v1::Accused& accused, absl::CivilDay today);
// Gives the next day on which AlertsDue may say more; none if there will be nothing.
std::optional<absl::CivilDay> NextAlert(const Rules& rules, const v1::Accused& accused, absl::CivilDay today);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_ACCUSED_ACCUSED_CLOCK_H_
