// Ontario's fiscal year begins on 1 April and is written with both of its calendar
// years: `2016-17`.
#ifndef ACCORD_COMMON_BASE_FISCAL_YEAR_H_
#define ACCORD_COMMON_BASE_FISCAL_YEAR_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"

namespace accord {

// This gives the calendar year in which a fiscal year begins: 2016 for `2016-17`. It is nullopt for anything
// else, such as `2016-18`.
std::optional<int> FirstYearOf(std::string_view fiscal_year);
// This gives the fiscal year of a day: `2016-17` for 2017-03-31, and `2017-18` for the day after.
std::string FiscalYearOf(absl::CivilDay day);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_FISCAL_YEAR_H_
