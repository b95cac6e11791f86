#include "clients/accordctl/views/boards/board_page.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/boards/board_dates.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using prosecution::v1::Accused;

// The groups are by days to the ceiling, as the alerts of a prosecution are; each group is a table of
// its own.
struct CeilingGroup {
  const char* id;
  const char* title;
  int most_days;
};
constexpr CeilingGroup kGroups[] = {
    {"past", "Past the ceiling", -1},
    {"d30", "Ceiling within 30 days", 30},
    {"d90", "Ceiling in 31 to 90 days", 90},
    {"d180", "Ceiling in 91 to 180 days", 180},
    {"later", "Ceiling in more than 180 days", std::numeric_limits<int>::max()}};

const CeilingGroup& BoardCeilingGroupOf(const Accused& accused) {
  return *std::find_if(std::begin(kGroups), std::end(kGroups), [&](const CeilingGroup& group) {
    return accused.clock().days_to_ceiling() <= group.most_days;
  });
}

std::string BoardCeilingDaysText(int days) {
  if (days == 0) return Text("Today");
  const std::string count = Counted(static_cast<std::size_t>(std::abs(days)), "day", "days");
  return days < 0 ? Text("{{count}} past", {{"count", count}}) : Text("{{count}} left", {{"count", count}});
}

const PageForm& BoardForm() {
  static const auto* form = new PageForm("board.html");
  return *form;
}

std::string BoardReferenceOf(const Accused& accused) {
  return accused.accused_ref().empty() ? BoardForm().Part("withheld") : ForeignText(accused.accused_ref());
}

std::string LeadOnBoard(const Accused& accused) {
  return accused.lead_crown().empty() ? Text("nobody") : ForeignText(accused.lead_crown());
}

// This is a common scale for all timelines.
struct Scale {
  absl::CivilDay first, last;
  double TimelinePosition(absl::CivilDay day) const {
    return 100.0 * static_cast<double>(std::clamp(day, first, last) - first) /
           static_cast<double>(last - first);
  }
};

Scale BoardScaleOf(const BoardView& board) {
  Scale scale{board.today - 30, board.today + 30};
  for (const Accused& accused : board.accused) {
    scale.first = std::min(scale.first, BoardDayOr(accused.clock().start(), board.today));
    scale.last = std::max({scale.last, BoardDayOr(accused.clock().conservative().ceiling(), board.today),
                           BoardDayOr(accused.clock().end(), board.today)});
  }
  return scale;
}

std::string BoardTimelineBar(const Scale& scale, const char* kind, absl::CivilDay from, absl::CivilDay to) {
  return BoardForm().Part(
      "bar", {{"kind", kind},
              {"left", absl::StrFormat("%.2f", scale.TimelinePosition(from))},
              {"width", absl::StrFormat("%.2f", std::max(0.15, scale.TimelinePosition(to) -
                                                                   scale.TimelinePosition(from)))}});
}

// This gives a drawing; what it shows stands in words under "Dates".
std::string BoardTimeline(const Scale& scale, const Accused& accused, absl::CivilDay today) {
  const auto& clock = accused.clock();
  const absl::CivilDay start = BoardDayOr(clock.start(), today), end = BoardDayOr(clock.end(), today);
  const absl::CivilDay ceiling = BoardDayOr(clock.conservative().ceiling(), today);
  std::string bars = BoardTimelineBar(scale, "run", start, std::max(start, std::min(today, end)));
  for (const auto& delay : accused.delays()) {
    bars += BoardTimelineBar(
        scale, delay.cause() == prosecution::v1::DELAY_CAUSE_DISCRETE_EVENT ? "event" : "defence",
        BoardDayOr(delay.from(), start), BoardDayOr(delay.to(), start));
  }
  for (const auto& stage : accused.stages()) {
    const absl::CivilDay on = BoardDayOr(stage.on(), start);
    bars += BoardTimelineBar(scale, "stage", on, on);
  }
  if (!clock.end().empty()) bars += BoardTimelineBar(scale, "end", end, end);
  bars += BoardTimelineBar(scale, "ceiling", ceiling, ceiling);
  bars += BoardTimelineBar(scale, "today", today, today);
  return BoardForm().Part("timeline", {{"start", EscapedHtml(DayText(clock.start()))},
                                       {"ceiling", EscapedHtml(DayText(clock.conservative().ceiling()))},
                                       {"bars", bars}});
}

std::string BoardDateList(const Accused& accused) {
  std::string days;
  for (const auto& [day, what] : BoardDatesOf(accused)) {
    days += BoardForm().Part("day", {{"day", EscapedHtml(DayText(day))}, {"what", EscapedHtml(what)}});
  }
  return BoardForm().Part(
      "dates",
      {{"reference", BoardReferenceOf(accused)}, {"days", days}, {"name", EscapedHtml(accused.name())}});
}

std::string BoardRow(const Scale& scale, const BoardView& board, const Accused& accused) {
  const auto& clock = accused.clock();
  return BoardForm().Part("row",
                          {{"reference", BoardReferenceOf(accused)},
                           {"information", ForeignText(accused.information_number())},
                           {"police", ForeignText(AgencyNameOf(board.agencies, accused.police_service()))},
                           {"region", ForeignText(accused.court_region())},
                           {"stage", Text(absl::StrReplaceAll(StageOfAccused(accused), {{"_", " "}}))},
                           {"forum", Text(absl::AsciiStrToUpper(ForumOfAccused(accused)))},
                           {"lead", LeadOnBoard(accused)},
                           {"ceiling", EscapedHtml(DayText(clock.conservative().ceiling()))},
                           {"months", absl::StrCat(clock.ceiling_months())},
                           {"group", BoardCeilingGroupOf(accused).id},
                           {"days", BoardCeilingDaysText(clock.days_to_ceiling())},
                           {"timeline", BoardTimeline(scale, accused, board.today)},
                           {"dates", BoardDateList(accused)}});
}

// This gives the sentence by which the service says that nobody has compared the law behind the ceilings for
// today. It stands once for all, since the service goes by one rule set.
std::string BoardLawNote(const BoardView& board) {
  for (const Accused& accused : board.accused) {
    const std::string& note = accused.clock().law_note();
    if (!note.empty()) return BoardForm().Part("law", {{"note", ForeignText(note)}});
  }
  return "";
}

std::string BoardScopeText(const BoardView& board) {
  std::string text;
  if (!board.region.empty()) {
    absl::StrAppend(&text, " ", Text("of the region {{region}}", {{"region", ForeignText(board.region)}}));
  }
  if (!board.stage.empty()) {
    const std::string stage = Text(absl::StrReplaceAll(board.stage, {{"_", " "}}));
    absl::StrAppend(&text, " ", Text("at the stage {{stage}}", {{"stage", ForeignText(stage)}}));
  }
  return text;
}

}  // namespace

std::string StageOfAccused(const Accused& accused) {
  return ShortName(prosecution::v1::Stage_descriptor(), accused.stage());
}
std::string ForumOfAccused(const Accused& accused) {
  return ShortName(prosecution::v1::Forum_descriptor(), accused.forum());
}

std::string BoardPage(const BoardView& board) {
  std::vector<const Accused*> order;
  for (const Accused& accused : board.accused) order.push_back(&accused);
  std::stable_sort(order.begin(), order.end(), [](const Accused* a, const Accused* b) {
    return a->clock().days_to_ceiling() < b->clock().days_to_ceiling();
  });
  const Scale scale = BoardScaleOf(board);
  std::string tables, links;
  for (const CeilingGroup& group : kGroups) {
    std::string rows;
    std::size_t count = 0;
    for (const Accused* accused : order) {
      if (&BoardCeilingGroupOf(*accused) != &group) continue;
      rows += BoardRow(scale, board, *accused);
      ++count;
    }
    if (count == 0) continue;
    links += BoardForm().Part(
        "link", {{"group", group.id}, {"title", Text(group.title)}, {"count", absl::StrCat(count)}});
    tables += BoardForm().Part("group", {{"group", group.id},
                                         {"title", Text(group.title)},
                                         {"count", absl::StrCat(count)},
                                         {"counted", Counted(count, "accused|one", "accused|many")},
                                         {"rows", rows}});
  }
  if (tables.empty()) tables = BoardForm().Part("none");
  const std::string today = DayText(FormatDay(board.today));
  return PageOf(Text("Board of prosecutions, {{today}}", {{"today", today}}), {"page.css", "board.css"},
                BoardForm().Body({{"count", Counted(order.size(), "accused|one", "accused|many")},
                                  {"scope", BoardScopeText(board)},
                                  {"law", BoardLawNote(board)},
                                  {"today", today},
                                  {"first", DayText(FormatDay(scale.first))},
                                  {"last", DayText(FormatDay(scale.last))},
                                  {"links", links},
                                  {"tables", tables}}));
}

}  // namespace accord::ctl
