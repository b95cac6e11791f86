// This is what falls due next for an accused and for a request for advice, counted from where they stand and
// the clocks that run. It is answered and never stored.
#ifndef ACCORD_SERVICES_PROSECUTION_NEXT_DUE_H_
#define ACCORD_SERVICES_PROSECUTION_NEXT_DUE_H_

#include <optional>

#include "absl/time/time.h"
#include "accord/prosecution/v1/resources.pb.h"
#include "services/prosecution/rules.h"

namespace accord::prosecution {

// The end of the day of the ceiling as it stands now; none once the trial has ended. `clock` is of today.
std::optional<absl::Time> CeilingDue(const v1::Accused& accused, const v1::JordanClock& clock);

// Adds to an answer what falls due next, and how many of the tasks for victims are open in the case. The
// clock of the accused is of today.
void AddNextDue(const Rules& rules, const v1::Case& of, v1::Accused* accused);
// Adds by when the Crown answers, unless it has.
void AddNextDue(const Rules& rules, v1::AdviceRequest* advice);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_NEXT_DUE_H_
