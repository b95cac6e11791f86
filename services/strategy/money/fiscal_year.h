// Ontario's fiscal year, which begins on 1 April and is written by both calendar years: `2016-17`.
#ifndef ACCORD_SERVICES_STRATEGY_MONEY_FISCAL_YEAR_H_
#define ACCORD_SERVICES_STRATEGY_MONEY_FISCAL_YEAR_H_

#include <optional>
#include <string>
#include <string_view>

namespace accord::strategy {

// The calendar year in which it begins: 2016 for `2016-17`. Nullopt for anything else, such as `2016-18`.
std::optional<int> FirstYearOf(std::string_view fiscal_year);
// The fiscal year of a day, `YYYY-MM-DD`; empty if it is no day.
std::string FiscalYearOf(std::string_view day);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_MONEY_FISCAL_YEAR_H_
