#include "clients/accordctl/core/instant.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "clients/accordctl/core/visible_text.h"
#include "common/base/clock.h"

namespace accord::ctl {

namespace {

std::string InstantInUtc(absl::Time at) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", at, absl::UTCTimeZone());
}

// This says whether the text has digits where `form` has `0`, and `T` or a blank where it has `T`.
bool HasInstantShape(std::string_view text, std::string_view form) {
  return std::equal(text.begin(), text.end(), form.begin(), form.end(), [](char c, char of) {
    if (of == '0') return absl::ascii_isdigit(static_cast<unsigned char>(c));
    return of == 'T' ? c == 'T' || c == ' ' : c == of;
  });
}

// This says whether the text is such as `2026-11-29T24:00`, as tables print the midnight that ends a day.
// What follows may be seconds, of which there are none, and the zone.
bool IsEndOfDay(std::string_view text) {
  if (!HasInstantShape(text.substr(0, 16), "0000-00-00T00:00") || text.substr(11, 5) != "24:00") return false;
  std::string_view rest = text.substr(16);
  if (rest.substr(0, 3) == ":00") rest.remove_prefix(3);
  return rest.empty() || rest[0] == 'Z' || rest[0] == '+' || rest[0] == '-';
}

// This gives `2026-11-29 22:00 EST` with its zone as hours, as tables print it in either language.
std::string WithHoursOfZone(const std::string& text) {
  for (const auto& [zone, hours] : {std::pair{" EST", "-05:00"}, std::pair{" HNE", "-05:00"},
                                    std::pair{" EDT", "-04:00"}, std::pair{" HAE", "-04:00"}}) {
    if (absl::EndsWith(text, zone)) return absl::StrCat(text.substr(0, text.size() - 4), hours);
  }
  return text;
}

// This says what is wrong with a text that is no time.
std::string WhyNoInstant(std::string_view text) {
  const std::string_view day = text.substr(0, 10), time = text.substr(0, 16);
  if (!HasInstantShape(day, "0000-00-00")) return "that begins with no day";
  if (!ParseDay(day)) return "there is no such day";
  if (text.size() == 10) return "the time of day is missing";
  if (!HasInstantShape(time, "0000-00-00T00:00")) return "no time of day follows the day";
  if (time.substr(11, 2) > "23" || time.substr(14, 2) > "59") return "there is no such time of day";
  return "what follows the time of day is no zone";
}

// This gives the instant of Ontario's clocks; it returns INVALID_ARGUMENT if the time comes twice or never.
absl::StatusOr<std::string> LocalInstant(absl::CivilSecond civil, const char* option) {
  const auto local = OntarioZone().At(civil);
  if (local.kind == absl::TimeZone::TimeInfo::UNIQUE) return InstantInUtc(local.pre);
  return absl::InvalidArgumentError(absl::StrCat(
      option, ": the clock is changed then, and this time comes ",
      local.kind == absl::TimeZone::TimeInfo::REPEATED ? "twice" : "never", ": write it with its zone, as ",
      absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", local.pre, OntarioZone()), " or ",
      absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", local.post, OntarioZone())));
}

}  // namespace

absl::StatusOr<std::string> InstantOf(const std::string& text, const char* option) {
  const auto wrong = absl::InvalidArgumentError(
      absl::StrCat(option, ": write 2026-11-24T22:00, or with a zone 2026-11-24T22:00:00-05:00; given was `",
                   Shown(text), "`, and ", WhyNoInstant(text)));
  // A year of five digits is a slip of the finger, and no instant of a request has one.
  if (text.size() < 5 || text[4] != '-') return wrong;
  std::string begin = WithHoursOfZone(text);
  const int days = IsEndOfDay(begin) ? 1 : 0;
  if (days > 0) begin.replace(11, 2, "00");
  absl::Time at;
  std::string error;
  for (const char* form :
       {"%Y-%m-%dT%H:%M:%E*S%Ez", "%Y-%m-%d %H:%M:%E*S%Ez", "%Y-%m-%dT%H:%M%Ez", "%Y-%m-%d %H:%M%Ez"}) {
    if (absl::ParseTime(form, begin, &at, &error)) return InstantInUtc(at + days * absl::Hours(24));
  }
  for (const char* form :
       {"%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%E*S", "%Y-%m-%d %H:%M:%E*S"}) {
    if (!absl::ParseTime(form, begin, absl::UTCTimeZone(), &at, &error)) continue;
    const absl::CivilSecond civil = absl::ToCivilSecond(at, absl::UTCTimeZone());
    return LocalInstant(days > 0 ? absl::CivilSecond(absl::CivilDay(civil) + 1) : civil, option);
  }
  return wrong;
}

}  // namespace accord::ctl
