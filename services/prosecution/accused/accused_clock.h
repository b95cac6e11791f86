// This file says where an accused stands against the ceiling, and when the coordinator is told.
#ifndef ACCORD_SERVICES_PROSECUTION_ACCUSED_ACCUSED_CLOCK_H_
#define ACCORD_SERVICES_PROSECUTION_ACCUSED_ACCUSED_CLOCK_H_

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "accord/prosecution/v1/resources.pb.h"
#include "services/prosecution/rules.h"

namespace accord::prosecution {

// This gives the day of the charge, or the day on which a new trial was ordered.
absl::CivilDay ClockStartOf(const v1::Accused& accused);
// This gives the actual end of the trial; before it has ended, it gives the booked day or today, whichever
// is later.
absl::CivilDay ClockEndOf(const v1::Accused& accused, absl::CivilDay today);

v1::JordanClock ClockOf(const Rules& rules, const v1::Accused& accused, absl::CivilDay today);

// This value among the reported days says that the trial is booked past the ceiling.
inline constexpr int kPastCeiling = 0;

// This gives the alerts that are due today and were not told yet: numbers of days before the ceiling, and
// kPastCeiling. It is empty once the trial is over.
std::vector<int> AlertsDue(const Rules& rules, const v1::Accused& accused, absl::CivilDay today);
// This gives the next day on which AlertsDue may say more; it is nullopt if there will be nothing.
std::optional<absl::CivilDay> NextAlert(const Rules& rules, const v1::Accused& accused, absl::CivilDay today);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_ACCUSED_ACCUSED_CLOCK_H_
