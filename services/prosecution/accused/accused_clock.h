// This file says where an accused stands against the ceiling.
#ifndef ACCORD_SERVICES_PROSECUTION_ACCUSED_ACCUSED_CLOCK_H_
#define ACCORD_SERVICES_PROSECUTION_ACCUSED_ACCUSED_CLOCK_H_

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

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_ACCUSED_ACCUSED_CLOCK_H_
