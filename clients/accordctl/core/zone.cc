#include "clients/accordctl/core/zone.h"

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/visible_text.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

// This gives the zone in $TZ, before which POSIX permits a colon.
std::string ZoneOfEnvironment() {
  const char* named = std::getenv("TZ");
  std::string name = named == nullptr ? "" : named;
  if (!name.empty() && name[0] == ':') name.erase(0, 1);
  return name;
}

}  // namespace

absl::TimeZone CallersZone() {
  const std::string name = ZoneOfEnvironment();
  absl::TimeZone zone;
  return !name.empty() && absl::LoadTimeZone(name, &zone) ? zone : OntarioZone();
}

std::string ZoneWarning() {
  const char* named = std::getenv("TZ");
  const std::string name = ZoneOfEnvironment();
  absl::TimeZone zone;
  // An empty value is as none; a colon alone is a value that names nothing.
  if (named == nullptr || *named == '\0' || (!name.empty() && absl::LoadTimeZone(name, &zone))) return "";
  const std::string what = Text(
      "$TZ is `{{zone}}`, which names no time zone, so times are Ontario's: write TZ=America/Winnipeg, or "
      "leave $TZ out",
      {{"zone", Shown(name.empty() ? named : name)}});
  return absl::StrCat("accordctl: ", what, "\n");
}

}  // namespace accord::ctl
