#include "clients/accordctl/core/time_text.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/zone.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

std::string DayInFrench(absl::CivilDay day) {
  static constexpr std::array kMonths = {"janvier",   "février", "mars",     "avril",
                                         "mai",       "juin",    "juillet",  "août",
                                         "septembre", "octobre", "novembre", "décembre"};
  const char* month = kMonths.at(static_cast<std::size_t>(day.month() - 1));
  return absl::StrCat(day.day(), day.day() == 1 ? "er " : " ", month, " ", day.year());
}

}  // namespace

std::string DayText(const std::string& day) {
  const auto parsed = ParseDay(day);
  return SpokenLanguage() == Language::kFrench && parsed ? DayInFrench(*parsed) : day;
}

std::string MomentText(absl::Time at, absl::TimeZone zone, bool ends_days) {
  const absl::CivilSecond civil = absl::ToCivilSecond(at, zone);
  // A deadline at midnight belongs to the day that it ends.
  const bool ends = ends_days && civil == absl::CivilSecond(absl::CivilDay(civil));
  const absl::Time shown = ends ? at - absl::Seconds(1) : at;
  if (SpokenLanguage() != Language::kFrench) {
    return absl::FormatTime(ends ? "%Y-%m-%d 24:00 %Z" : "%Y-%m-%d %H:%M %Z", shown, zone);
  }
  const absl::CivilDay day(absl::ToCivilSecond(shown, zone));
  // Whole hours are written without minutes: `14 h`.
  const std::string minutes = civil.minute() == 0 ? "" : absl::StrCat(" ", absl::FormatTime("%M", at, zone));
  return absl::StrCat(DayInFrench(day), ", ", ends ? 24 : civil.hour(), " h", ends ? "" : minutes, " ",
                      ZoneText(shown, zone));
}

std::string TimeText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S %Z %Ez", time, CallersZone());
}

std::string DueText(absl::Time time) {
  const absl::CivilSecond civil = absl::ToCivilSecond(time, CallersZone());
  // A deadline at midnight belongs to the day that it ends.
  if (civil != absl::CivilSecond(absl::CivilDay(civil))) return TimeText(time);
  return absl::FormatTime("%Y-%m-%d 24:00:00 %Z %Ez", time - absl::Seconds(1), CallersZone());
}

std::string DurationText(absl::Duration age) {
  const int64_t seconds = absl::ToInt64Seconds(age);
  if (seconds < 120) return absl::StrCat(seconds, " s");
  if (seconds < 7200) return absl::StrCat(seconds / 60, " min");
  if (seconds < 172'800) return absl::StrCat(seconds / 3600, " h");
  return absl::StrCat(seconds / 86'400, " d");
}

}  // namespace accord::ctl
