// This file finds the next day in court of an accused.
#ifndef ACCORD_SERVICES_PROSECUTION_CASES_NEXT_COURT_DAY_H_
#define ACCORD_SERVICES_PROSECUTION_CASES_NEXT_COURT_DAY_H_

#include <string>

#include "accord/prosecution/v1/resources.pb.h"
#include "services/prosecution/cases/next_court_day.h"

namespace accord::prosecution {

// This gives the next day in court, `YYYY-MM-DD`, as set by the appearance with the latest date, since
// appearances need not be recorded in order. It is empty if no day is set.
std::string NextCourtDay(const v1::Accused& accused);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_CASES_NEXT_COURT_DAY_H_
