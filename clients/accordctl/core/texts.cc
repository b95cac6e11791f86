#include "clients/accordctl/core/texts.h"

#include <array>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/embedded.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using FrenchTexts = std::map<std::string, std::string, std::less<>>;

Language spoken_language = Language::kEnglish;
bool is_training = false;

// Reads the catalogue. A line is English, French and a mark, separated by tabs; a line that begins
// with # is a comment.
const FrenchTexts& FrenchCatalogue() {
  static const auto* texts = [] {
    auto* read = new FrenchTexts;
    const std::string_view file = Embedded("texts.tsv");
    for (const absl::string_view line : absl::StrSplit(absl::string_view(file.data(), file.size()), '\n')) {
      const std::vector<std::string> fields = absl::StrSplit(line, '\t');
      if (fields.size() == 3 && fields[0].substr(0, 1) != "#") read->emplace(fields[0], fields[1]);
    }
    return read;
  }();
  return *texts;
}

// Joins a text that is on several lines of a form.
std::string JoinedLines(std::string_view text) {
  return absl::StrReplaceAll(absl::string_view(text.data(), text.size()), {{"\n", " "}});
}

std::string TextOfForm(std::string_view english) {
  if (spoken_language == Language::kFrench) {
    const auto found = FrenchCatalogue().find(JoinedLines(english));
    if (found != FrenchCatalogue().end()) return found->second;
  }
  for (const std::string_view apart : {"|one", "|many"}) {
    if (english.ends_with(apart)) english.remove_suffix(apart.size());
  }
  return std::string(english);
}

// Gives the French abbreviation of a Canadian time zone; another zone keeps its own.
std::string ZoneInFrench(const std::string& english) {
  static const auto* names = new std::map<std::string, std::string>{
      {"EST", "HNE"}, {"EDT", "HAE"}, {"CST", "HNC"}, {"CDT", "HAC"}, {"MST", "HNR"}, {"MDT", "HAR"},
      {"PST", "HNP"}, {"PDT", "HAP"}, {"AST", "HNA"}, {"ADT", "HAA"}, {"NST", "HNT"}, {"NDT", "HAT"}};
  const auto found = names->find(english);
  return found == names->end() ? english : found->second;
}

std::string DayInFrench(absl::CivilDay day) {
  static constexpr std::array kMonths = {"janvier",   "février", "mars",     "avril",
                                         "mai",       "juin",    "juillet",  "août",
                                         "septembre", "octobre", "novembre", "décembre"};
  const char* month = kMonths.at(static_cast<std::size_t>(day.month() - 1));
  return absl::StrCat(day.day(), day.day() == 1 ? "er " : " ", month, " ", day.year());
}

}  // namespace

Speaking::Speaking(Language language) : before_(spoken_language) {
  spoken_language = language == Language::kFrench ? Language::kFrench : Language::kEnglish;
}

Speaking::~Speaking() { spoken_language = before_; }

Language SpokenLanguage() { return spoken_language; }

void MarkAsTraining(bool training) { is_training = training; }
bool IsTraining() { return is_training; }

std::string FilledForm(const std::string& form, const TextValues& values) {
  TextValues named;
  named.reserve(values.size());
  for (const auto& [name, value] : values) named.emplace_back(absl::StrCat("{{", name, "}}"), value);
  return absl::StrReplaceAll(form, named);
}

std::string Text(std::string_view english, const TextValues& values) {
  return FilledForm(TextOfForm(english), values);
}

bool HasText(std::string_view english) { return FrenchCatalogue().contains(JoinedLines(english)); }

std::string SpokenForm(std::string_view form) {
  std::string out;
  for (;;) {
    const std::size_t begin = form.find("[["), end = form.find("]]", begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) break;
    out += form.substr(0, begin);
    out += TextOfForm(form.substr(begin + 2, end - begin - 2));
    form.remove_prefix(end + 2);
  }
  out += form;
  return out;
}

std::string DayText(const std::string& day) {
  const auto parsed = ParseDay(day);
  return spoken_language == Language::kFrench && parsed ? DayInFrench(*parsed) : day;
}

std::string MomentText(absl::Time at, absl::TimeZone zone, bool ends_days) {
  const absl::CivilSecond civil = absl::ToCivilSecond(at, zone);
  // A deadline at midnight belongs to the day that it ends.
  const bool ends = ends_days && civil == absl::CivilSecond(absl::CivilDay(civil));
  const absl::Time shown = ends ? at - absl::Seconds(1) : at;
  if (spoken_language != Language::kFrench) {
    return absl::FormatTime(ends ? "%Y-%m-%d 24:00 %Z" : "%Y-%m-%d %H:%M %Z", shown, zone);
  }
  const absl::CivilDay day(absl::ToCivilSecond(shown, zone));
  // Whole hours are written without minutes: `14 h`.
  const std::string minutes = civil.minute() == 0 ? "" : absl::StrCat(" ", absl::FormatTime("%M", at, zone));
  return absl::StrCat(DayInFrench(day), ", ", ends ? 24 : civil.hour(), " h", ends ? "" : minutes, " ",
                      ZoneText(shown, zone));
}

std::string ZoneText(absl::Time at, absl::TimeZone zone) {
  const std::string english = absl::FormatTime("%Z", at, zone);
  return spoken_language == Language::kFrench ? ZoneInFrench(english) : english;
}

std::string ReasonText(const absl::Status& status) {
  const std::string french =
      spoken_language == Language::kFrench ? LocalizedText(status, Language::kFrench) : "";
  return french.empty() ? std::string(status.message()) : french;
}

}  // namespace accord::ctl
