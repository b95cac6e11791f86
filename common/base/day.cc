#include "common/base/day.h"

#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_format.h"

namespace accord {

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

absl::Time EndOfDay(absl::CivilDay day) { return absl::FromCivil(day + 1, OntarioZone()); }

}  // namespace accord
