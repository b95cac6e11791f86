#include "common/base/clock.h"

#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"

namespace accord {
namespace {

class RealClock : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

// The Gregorian computus (Meeus, Jones, Butcher).
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
  if (day == easter - 2 || day == easter + 1) return true;                     // Good Friday, Easter Monday
  if (day == NthMonday(year, 2, 3) && year >= 2008) return true;               // Family Day, O. Reg. 547/07
  if (day == MondayBefore(absl::CivilDay(year, 5, 25))) return true;           // Victoria Day
  if (day == NthMonday(year, 8, 1)) return !act;                               // Civic Holiday
  if (day == NthMonday(year, 9, 1)) return true;                               // Labour Day
  if (day == NthMonday(year, 10, 2)) return true;                              // Thanksgiving
  if (day == absl::CivilDay(year, 11, 11)) return list != Holidays::kOffices;  // Remembrance Day
  // Holidays on a fixed day move off a weekend; under the Act only off a Sunday. Boxing Day also
  // moves if Christmas Day moves onto it.
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

}  // namespace

const Clock& Clock::Real() {
  static const RealClock clock;
  return clock;
}

absl::TimeZone OntarioZone() {
  static const absl::TimeZone zone = [] {
    absl::TimeZone loaded;
    if (!absl::LoadTimeZone("America/Toronto", &loaded)) {
      std::fprintf(stderr, "accord: no time zone America/Toronto; install tzdata\n");
      std::abort();
    }
    return loaded;
  }();
  return zone;
}

absl::CivilDay OntarioDay(absl::Time at) { return absl::ToCivilDay(at, OntarioZone()); }

std::optional<absl::CivilDay> ParseDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int digits[3] = {0, 0, 0};
  for (int i = 0, part = 0; i < 10; ++i) {
    if (i == 4 || i == 7) {
      ++part;
      continue;
    }
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    digits[part] = digits[part] * 10 + (text[i] - '0');
  }
  const absl::CivilDay day(digits[0], digits[1], digits[2]);
  if (day.month() != digits[1] || day.day() != digits[2] || digits[0] < 1900) return std::nullopt;
  return day;
}

std::string FormatDay(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

bool IsBusinessDay(absl::CivilDay day, Holidays list) { return !IsWeekend(day) && !IsHoliday(day, list); }

absl::CivilDay AddBusinessDays(absl::CivilDay day, int n) {
  while (n > 0) {
    if (IsBusinessDay(++day)) --n;
  }
  return day;
}

absl::Time EndOfDay(absl::CivilDay day) { return absl::FromCivil(day + 1, OntarioZone()); }

google::protobuf::Timestamp ToProto(absl::Time at) {
  google::protobuf::Timestamp proto;
  const int64_t micros = absl::ToUnixMicros(at);
  int64_t seconds = micros / 1000000, rest = micros % 1000000;
  if (rest < 0) --seconds, rest += 1000000;
  proto.set_seconds(seconds);
  proto.set_nanos(static_cast<int>(rest * 1000));
  return proto;
}

absl::Time FromProto(const google::protobuf::Timestamp& at) {
  return absl::FromUnixSeconds(at.seconds()) + absl::Nanoseconds(at.nanos());
}

}  // namespace accord
