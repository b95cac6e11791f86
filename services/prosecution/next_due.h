// This computes what falls due next for an accused and for a request for advice from their state and the
// clocks that run. The result is part of answers and is never stored.
#ifndef ACCORD_SERVICES_PROSECUTION_NEXT_DUE_H_
#define ACCORD_SERVICES_PROSECUTION_NEXT_DUE_H_

#include <optional>

#include "absl/time/time.h"
#include "accord/prosecution/v1/resources.pb.h"
#include "services/prosecution/rules.h"

namespace accord::prosecution {

// This gives the end of the day of the present ceiling; it is nullopt once the trial has ended. `clock` is
// of today.
std::optional<absl::Time> CeilingDue(const v1::Accused& accused, const v1::JordanClock& clock);

// This adds to an answer what falls due next, and how many tasks for victims are open in the case. `clock` is
// of today.
void AddNextDue(const Rules& rules, const v1::Case& of, v1::Accused* accused);
// This adds the time by which the Crown has to answer, unless the Crown has answered.
void AddNextDue(const Rules& rules, v1::AdviceRequest* advice);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_NEXT_DUE_H_
