#include "clients/accordctl/core/instant.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/base/clock.h"

namespace accord::ctl {

absl::StatusOr<std::string> InstantOf(const std::string& text, const char* option) {
  const auto written = [](absl::Time at) {
    return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", at, absl::UTCTimeZone());
  };
  absl::Time at;
  std::string error;
  if (absl::ParseTime("%Y-%m-%dT%H:%M:%E*S%Ez", text, &at, &error)) return written(at);
  for (const char* form : {"%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"}) {
    if (!absl::ParseTime(form, text, absl::UTCTimeZone(), &at, &error)) continue;
    const auto local = OntarioZone().At(absl::ToCivilSecond(at, absl::UTCTimeZone()));
    if (local.kind == absl::TimeZone::TimeInfo::UNIQUE) return written(local.pre);
    return absl::InvalidArgumentError(absl::StrCat(
        option, ": the clock is changed then, and this time comes ",
        local.kind == absl::TimeZone::TimeInfo::REPEATED ? "twice" : "never", ": write it with its zone, as ",
        absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", local.pre, OntarioZone()), " or ",
        absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", local.post, OntarioZone())));
  }
  return absl::InvalidArgumentError(
      absl::StrCat(option, ": write 2026-11-24T22:00, or with a zone 2026-11-24T22:00:00-05:00"));
}

}  // namespace accord::ctl
