#include "clients/accordctl/core/instant.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/base/clock.h"

namespace accord::ctl {

absl::StatusOr<std::string> InstantOf(const std::string& text, const char* option) {
  const auto written = [](absl::Time at) {
    return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", at, absl::UTCTimeZone());
  };
  const auto wrong = absl::InvalidArgumentError(
      absl::StrCat(option, ": write 2026-11-24T22:00, or with a zone 2026-11-24T22:00:00-05:00"));
  // A year of five digits is a typing error, and no request accepts it.
  if (text.size() < 5 || text[4] != '-') return wrong;
  absl::Time at;
  std::string error;
  for (const char* form :
       {"%Y-%m-%dT%H:%M:%E*S%Ez", "%Y-%m-%d %H:%M:%E*S%Ez", "%Y-%m-%dT%H:%M%Ez", "%Y-%m-%d %H:%M%Ez"}) {
    if (absl::ParseTime(form, text, &at, &error)) return written(at);
  }
  for (const char* form :
       {"%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%E*S", "%Y-%m-%d %H:%M:%E*S"}) {
    if (!absl::ParseTime(form, text, absl::UTCTimeZone(), &at, &error)) continue;
    const auto local = OntarioZone().At(absl::ToCivilSecond(at, absl::UTCTimeZone()));
    if (local.kind == absl::TimeZone::TimeInfo::UNIQUE) return written(local.pre);
    return absl::InvalidArgumentError(absl::StrCat(
        option, ": the clock is changed then, and this time comes ",
        local.kind == absl::TimeZone::TimeInfo::REPEATED ? "twice" : "never", ": write it with its zone, as ",
        absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", local.pre, OntarioZone()), " or ",
        absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", local.post, OntarioZone())));
  }
  return wrong;
}

}  // namespace accord::ctl
