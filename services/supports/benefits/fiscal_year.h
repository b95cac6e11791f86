// Ontario's fiscal year, which begins on 1 April and is written by both calendar years: `2016-17`.
#ifndef ACCORD_SERVICES_SUPPORTS_BENEFITS_FISCAL_YEAR_H_
#define ACCORD_SERVICES_SUPPORTS_BENEFITS_FISCAL_YEAR_H_

#include <string>
#include <string_view>

#include "absl/time/civil_time.h"

namespace accord::supports {

// The year that a day is in: `2016-17` for 2017-03-31, and `2017-18` for the day after.
std::string FiscalYearOf(absl::CivilDay day);
// The text is two years in a row, as a fiscal year is written.
bool IsFiscalYear(std::string_view text);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_BENEFITS_FISCAL_YEAR_H_
