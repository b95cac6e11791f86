#include "clients/accordctl/core/zone.h"

#include <cstdlib>
#include <map>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/session_language.h"
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

// This gives the French abbreviation of a Canadian time zone; another zone keeps its own.
std::string ZoneInFrench(const std::string& english) {
  static const auto* names = new std::map<std::string, std::string>{
      {"EST", "HNE"}, {"EDT", "HAE"}, {"CST", "HNC"}, {"CDT", "HAC"}, {"MST", "HNR"}, {"MDT", "HAR"},
      {"PST", "HNP"}, {"PDT", "HAP"}, {"AST", "HNA"}, {"ADT", "HAA"}, {"NST", "HNT"}, {"NDT", "HAT"}};
  const auto found = names->find(english);
  return found == names->end() ? english : found->second;
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

std::string ZoneText(absl::Time at, absl::TimeZone zone) {
  const std::string english = absl::FormatTime("%Z", at, zone);
  return SpokenLanguage() == Language::kFrench ? ZoneInFrench(english) : english;
}

}  // namespace accord::ctl
