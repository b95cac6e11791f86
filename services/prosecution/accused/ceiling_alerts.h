// This file says when the coordinator is told that an accused nears the ceiling.
#ifndef ACCORD_SERVICES_PROSECUTION_ACCUSED_CEILING_ALERTS_H_
#define ACCORD_SERVICES_PROSECUTION_ACCUSED_CEILING_ALERTS_H_

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "accord/prosecution/v1/resources.pb.h"
#include "services/prosecution/rules.h"

namespace accord::prosecution {

// This value among the reported days says that the trial is booked past the ceiling.
inline constexpr int kPastCeiling = 0;

// This gives the alerts that are due today and were not told yet: numbers of days before the ceiling, and
// kPastCeiling. It is empty once the trial is over.
std::vector<int> CeilingAlertsDue(const Rules& rules, const v1::Accused& accused, absl::CivilDay today);
// This gives the next day on which CeilingAlertsDue may say more; it is nullopt if there will be nothing.
std::optional<absl::CivilDay> NextCeilingAlert(const Rules& rules, const v1::Accused& accused,
                                               absl::CivilDay today);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_ACCUSED_CEILING_ALERTS_H_
