#include "common/base/business_days.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "common/base/day.h"

namespace accord {
namespace {

// This is the Gregorian computus of Meeus, Jones and Butcher.
absl::CivilDay EasterSunday(int64_t year) {
  const int64_t a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4;
  const int64_t f = (b + 8) / 25, g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30;
  const int64_t i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
  const int64_t sum = h + l - 7 * m + 114;
  return absl::CivilDay(year, sum / 31, sum % 31 + 1);
}

bool IsWeekend(absl::CivilDay day) {
  const auto weekday = absl::GetWeekday(day);
  return weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday;
}

absl::CivilDay NthMonday(int64_t year, int month, int n) {
  return absl::NextWeekday(absl::CivilDay(year, month, 1) - 1, absl::Weekday::monday) + 7 * (n - 1);
}

absl::CivilDay MondayBefore(absl::CivilDay day) { return absl::PrevWeekday(day, absl::Weekday::monday); }

bool IsHoliday(absl::CivilDay day, Holidays list) {
  const bool act = list == Holidays::kLegislationAct;
  const int64_t year = day.year();
  const absl::CivilDay easter = EasterSunday(year);
  // These are Good Friday and Easter Monday.
  if (day == easter - 2 || day == easter + 1) return true;
  // Family Day began in 2008 (O. Reg. 547/07).
  if (day == NthMonday(year, 2, 3) && year >= 2008) return true;
  if (day == MondayBefore(absl::CivilDay(year, 5, 25))) return true;           // This is Victoria Day.
  if (day == NthMonday(year, 8, 1)) return !act;                               // This is the Civic Holiday.
  if (day == NthMonday(year, 9, 1)) return true;                               // This is Labour Day.
  if (day == NthMonday(year, 10, 2)) return true;                              // This is Thanksgiving.
  if (day == absl::CivilDay(year, 11, 11)) return list != Holidays::kOffices;  // This is Remembrance Day.
  // Holidays on a fixed day move off a weekend, and under the Act only off a Sunday. Boxing Day also moves if
  // Christmas Day moves onto it.
  const auto moves = [&](absl::CivilDay on) {
    return act ? absl::GetWeekday(on) == absl::Weekday::sunday : IsWeekend(on);
  };
  absl::CivilDay new_year(year, 1, 1), canada(year, 7, 1), christmas(year, 12, 25);
  while (moves(new_year)) ++new_year;
  while (moves(canada)) ++canada;
  while (moves(christmas)) ++christmas;
  absl::CivilDay boxing(year, 12, 26);
  while (moves(boxing) || boxing == christmas) ++boxing;
  return day == new_year || day == canada || day == christmas || day == boxing;
}

Holidays HolidaysOf(const annotations::v1::BusinessCalendar& calendar) {
  switch (calendar.list()) {
    case annotations::v1::HOLIDAY_LIST_COURTS:
      return Holidays::kCourts;
    case annotations::v1::HOLIDAY_LIST_LEGISLATION_ACT:
      return Holidays::kLegislationAct;
    default:
      return Holidays::kOffices;
  }
}

}  // namespace

bool IsBusinessDay(absl::CivilDay day, Holidays list) { return !IsWeekend(day) && !IsHoliday(day, list); }

absl::CivilDay AddBusinessDays(absl::CivilDay day, int n) {
  while (n > 0) {
    if (IsBusinessDay(++day)) --n;
  }
  return day;
}

absl::Status CheckCalendar(const annotations::v1::BusinessCalendar& calendar) {
  for (const std::string& day : calendar.proclaimed_days()) {
    if (!ParseDay(day))
      return absl::InvalidArgumentError(absl::StrCat("rules: no such proclaimed day ", day));
  }
  return absl::OkStatus();
}

bool IsBusinessDay(absl::CivilDay day, const annotations::v1::BusinessCalendar& calendar) {
  const auto& proclaimed = calendar.proclaimed_days();
  return IsBusinessDay(day, HolidaysOf(calendar)) &&
         std::find(proclaimed.begin(), proclaimed.end(), FormatDay(day)) == proclaimed.end();
}

absl::CivilDay AddBusinessDays(absl::CivilDay day, int n, const annotations::v1::BusinessCalendar& calendar) {
  while (n > 0) {
    if (IsBusinessDay(++day, calendar)) --n;
  }
  return day;
}

}  // namespace accord
