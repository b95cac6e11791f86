#include "clients/accordctl/views/boards/board_dates.h"

#include <algorithm>

#include "absl/strings/str_replace.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

std::string BoardWords(const std::string& name) { return Text(absl::StrReplaceAll(name, {{"_", " "}})); }

std::string BoardDelayText(const prosecution::v1::DelayPeriod& delay) {
  return Text(
      "to {{day}}, {{cause}}, {{position}}",
      {{"day", DayText(delay.to())},
       {"cause", BoardWords(ShortName(prosecution::v1::DelayCause_descriptor(), delay.cause()))},
       {"position", BoardWords(ShortName(prosecution::v1::DelayPosition_descriptor(), delay.position()))}});
}

}  // namespace

absl::CivilDay BoardDayOr(const std::string& text, absl::CivilDay otherwise) {
  return ParseDay(text).value_or(otherwise);
}

std::vector<std::pair<std::string, std::string>> BoardDatesOf(const prosecution::v1::Accused& accused) {
  const auto& clock = accused.clock();
  std::vector<std::pair<std::string, std::string>> dates;
  const auto add = [&](const std::string& day, const std::string& what) {
    if (!day.empty()) dates.emplace_back(day, what);
  };
  add(clock.start(), Text("the clock begins"));
  for (const auto& stage : accused.stages()) {
    add(stage.on(), BoardWords(ShortName(prosecution::v1::Stage_descriptor(), stage.stage())));
  }
  for (const auto& delay : accused.delays()) add(delay.from(), BoardDelayText(delay));
  add(clock.end(), accused.trial_ended() ? Text("end of the trial") : Text("end of the trial, as booked"));
  add(clock.conservative().ceiling(), Text("ceiling"));
  std::stable_sort(dates.begin(), dates.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  return dates;
}

}  // namespace accord::ctl
