#include "clients/accordctl/views/board_page.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "clients/accordctl/views/board_dates.h"
#include "clients/accordctl/views/views.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using prosecution::v1::Accused;

// By days to the ceiling, as the alerts of a prosecution are; each group is a table of its own.
struct Group {
  const char* id;
  const char* title;
  int most_days;
};
constexpr Group kGroups[] = {{"past", "Past the ceiling", -1},
                             {"d30", "Ceiling within 30 days", 30},
                             {"d90", "Ceiling in 31 to 90 days", 90},
                             {"d180", "Ceiling in 91 to 180 days", 180},
                             {"later", "Ceiling in more than 180 days", std::numeric_limits<int>::max()}};

const Group& GroupOf(const Accused& accused) {
  return *std::find_if(std::begin(kGroups), std::end(kGroups), [&](const Group& group) {
    return accused.clock().days_to_ceiling() <= group.most_days;
  });
}

std::string DaysText(int days) {
  const std::string count = absl::StrCat(std::abs(days), std::abs(days) == 1 ? " day" : " days");
  return days < 0 ? absl::StrCat(count, " past") : days == 0 ? "Today" : absl::StrCat(count, " left");
}

std::string ReferenceOf(const Accused& accused) {
  return accused.accused_ref().empty() ? "<em>withheld</em>" : Foreign(accused.accused_ref());
}

// A common scale for all timelines.
struct Scale {
  absl::CivilDay first, last;
  double At(absl::CivilDay day) const {
    return 100.0 * static_cast<double>(std::clamp(day, first, last) - first) /
           static_cast<double>(last - first);
  }
};

Scale ScaleOf(const BoardView& board) {
  Scale scale{board.today - 30, board.today + 30};
  for (const Accused& accused : board.accused) {
    scale.first = std::min(scale.first, DayOr(accused.clock().start(), board.today));
    scale.last = std::max({scale.last, DayOr(accused.clock().conservative().ceiling(), board.today),
                           DayOr(accused.clock().end(), board.today)});
  }
  return scale;
}

void Bar(std::string* html, const Scale& scale, const char* kind, absl::CivilDay from, absl::CivilDay to) {
  absl::StrAppendFormat(html, "<i class=\"%s\" style=\"left:%.2f%%;width:%.2f%%\"></i>", kind, scale.At(from),
                        std::max(0.15, scale.At(to) - scale.At(from)));
}

// A drawing; what it shows stands in words under "Dates".
std::string Timeline(const Scale& scale, const Accused& accused, absl::CivilDay today) {
  const auto& clock = accused.clock();
  const absl::CivilDay start = DayOr(clock.start(), today), end = DayOr(clock.end(), today);
  const absl::CivilDay ceiling = DayOr(clock.conservative().ceiling(), today);
  std::string html =
      absl::StrCat("<div class=\"line\" role=\"img\" aria-label=\"Timeline from ", Escaped(clock.start()),
                   " to the ceiling on ", Escaped(clock.conservative().ceiling()), "\">");
  Bar(&html, scale, "run", start, std::max(start, std::min(today, end)));
  for (const auto& delay : accused.delays()) {
    Bar(&html, scale, delay.cause() == prosecution::v1::DELAY_CAUSE_DISCRETE_EVENT ? "event" : "defence",
        DayOr(delay.from(), start), DayOr(delay.to(), start));
  }
  for (const auto& stage : accused.stages()) {
    const absl::CivilDay on = DayOr(stage.on(), start);
    Bar(&html, scale, "stage", on, on);
  }
  if (!clock.end().empty()) Bar(&html, scale, "end", end, end);
  Bar(&html, scale, "ceiling", ceiling, ceiling);
  Bar(&html, scale, "today", today, today);
  return absl::StrCat(html, "</div>");
}

std::string Dates(const Accused& accused) {
  std::string html = "<details><summary>Dates<span class=\"unseen\"> of ";
  absl::StrAppend(&html, ReferenceOf(accused), "</span></summary>\n<ol>\n");
  for (const auto& [day, what] : DatesOf(accused)) {
    absl::StrAppend(&html, "<li>", Escaped(day), ": ", Escaped(what), "</li>\n");
  }
  return absl::StrCat(html, "</ol>\n<p><small>", Escaped(accused.name()), "</small></p></details>");
}

std::string Line(const Scale& scale, const BoardView& board, const Accused& accused) {
  const auto& clock = accused.clock();
  return absl::StrCat(
      "<tr><th scope=\"row\">", ReferenceOf(accused), "</th><td>", Foreign(accused.information_number()),
      "</td><td>", Foreign(NameOf(board.agencies, accused.police_service())), "</td><td>",
      Foreign(accused.court_region()), "</td><td>", absl::StrReplaceAll(StageOf(accused), {{"_", " "}}), " (",
      absl::AsciiStrToUpper(ForumOf(accused)), ")</td><td>",
      accused.lead_crown().empty() ? "nobody" : Foreign(accused.lead_crown()), "</td><td>",
      Escaped(clock.conservative().ceiling()), "<br><small>", clock.ceiling_months(),
      " months</small></td><td><span class=\"state ", GroupOf(accused).id, "\">",
      DaysText(clock.days_to_ceiling()), "</span></td><td>", Timeline(scale, accused, board.today),
      Dates(accused), "</td></tr>\n");
}

constexpr char kHeads[] =
    "<colgroup><col><col><col class=\"long\"><col><col><col><col><col><col class=\"timeline\"></colgroup>\n"
    "<thead><tr><th scope=\"col\">Accused</th><th scope=\"col\">Information</th>"
    "<th scope=\"col\">Police service</th><th scope=\"col\">Region</th><th scope=\"col\">Stage</th>"
    "<th scope=\"col\">Lead</th><th scope=\"col\">Ceiling</th><th scope=\"col\">Days</th>"
    "<th scope=\"col\">Timeline</th></tr></thead>\n<tbody>\n";

std::string TableOf(const Group& group, const std::vector<std::string>& lines) {
  std::string html =
      absl::StrCat("<section aria-labelledby=\"", group.id, "-title\">\n<h2 id=\"", group.id,
                   "-title\" tabindex=\"-1\">", group.title, " (", lines.size(),
                   ")</h2>\n<div class=\"frame\" role=\"group\" aria-label=\"Table: ", group.title,
                   "\" tabindex=\"0\">\n<table>\n<caption>", Counted(lines.size(), "accused", "accused"),
                   ", nearest ceiling first</caption>\n", kHeads);
  for (const std::string& line : lines) html += line;
  return absl::StrCat(html, "</tbody>\n</table>\n</div>\n</section>\n");
}

std::string ScopeText(const BoardView& board) {
  std::string text;
  if (!board.region.empty()) absl::StrAppend(&text, " of the region ", Foreign(board.region));
  if (!board.stage.empty()) {
    absl::StrAppend(&text, " at the stage ", Foreign(absl::StrReplaceAll(board.stage, {{"_", " "}})));
  }
  return text;
}

}  // namespace

std::string StageOf(const Accused& accused) {
  return ShortName(prosecution::v1::Stage_descriptor(), accused.stage());
}
std::string ForumOf(const Accused& accused) {
  return ShortName(prosecution::v1::Forum_descriptor(), accused.forum());
}

std::string BoardPage(const BoardView& board) {
  std::vector<const Accused*> order;
  for (const Accused& accused : board.accused) order.push_back(&accused);
  std::stable_sort(order.begin(), order.end(), [](const Accused* a, const Accused* b) {
    return a->clock().days_to_ceiling() < b->clock().days_to_ceiling();
  });
  const Scale scale = ScaleOf(board);
  std::string tables, links;
  for (const Group& group : kGroups) {
    std::vector<std::string> lines;
    for (const Accused* accused : order) {
      if (&GroupOf(*accused) == &group) lines.push_back(Line(scale, board, *accused));
    }
    if (lines.empty()) continue;
    absl::StrAppend(&links, "<li><a href=\"#", group.id, "-title\">", group.title, " (", lines.size(),
                    ")</a></li>\n");
    tables += TableOf(group, lines);
  }
  if (tables.empty()) tables = "<p>No open prosecution is yours to see.</p>\n";
  const std::string today = FormatDay(board.today);
  return PageOf(absl::StrCat("Board of prosecutions, ", today), "board.css",
                Filled(PageFile("board.html"), {{"count", Counted(order.size(), "accused", "accused")},
                                                {"scope", ScopeText(board)},
                                                {"today", today},
                                                {"first", FormatDay(scale.first)},
                                                {"last", FormatDay(scale.last)},
                                                {"links", links},
                                                {"tables", tables}}));
}

}  // namespace accord::ctl
