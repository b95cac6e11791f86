// `accordctl board`: every open prosecution by its ceiling, as a table or as one self-contained page with a
// timeline for each accused. It says how long; counsel decides what follows.
#include <algorithm>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "accord/prosecution/v1/service.pb.h"
#include "clients/accordctl/session.h"
#include "clients/accordctl/views.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

using prosecution::v1::Accused;

std::string StageOf(const Accused& accused) {
  return ShortName(prosecution::v1::Stage_descriptor(), accused.stage());
}
std::string ForumOf(const Accused& accused) {
  return ShortName(prosecution::v1::Forum_descriptor(), accused.forum());
}
std::string LeadOf(const Accused& accused) {
  return accused.lead_crown().empty() ? "-" : accused.lead_crown();
}

// Colours of the page: past the ceiling, or within the alert of that many days.
std::string UrgencyOf(const Accused& accused) {
  const int days = accused.clock().days_to_ceiling();
  return days < 0 ? "past" : days <= 30 ? "d30" : days <= 90 ? "d90" : days <= 180 ? "d180" : "later";
}

// A common scale for all timelines.
struct Scale {
  absl::CivilDay first, last;
  double At(absl::CivilDay day) const {
    return 100.0 * static_cast<double>(std::clamp(day, first, last) - first) /
           static_cast<double>(last - first);
  }
};

absl::CivilDay Day(const std::string& text, absl::CivilDay otherwise) {
  return ParseDay(text).value_or(otherwise);
}

Scale ScaleOf(const std::vector<Accused>& board, absl::CivilDay today) {
  Scale scale{today - 30, today + 30};
  for (const Accused& accused : board) {
    scale.first = std::min(scale.first, Day(accused.clock().start(), today));
    scale.last = std::max({scale.last, Day(accused.clock().conservative().ceiling(), today),
                           Day(accused.clock().end(), today)});
  }
  return scale;
}

void Bar(std::string* html, const Scale& scale, const std::string& kind, absl::CivilDay from,
         absl::CivilDay to, const std::string& title) {
  absl::StrAppendFormat(html, "<i class=\"%s\" style=\"left:%.2f%%;width:%.2f%%\" title=\"%s\"></i>", kind,
                        scale.At(from), std::max(0.15, scale.At(to) - scale.At(from)), Escaped(title));
}

void Timeline(std::string* html, const Scale& scale, const Accused& accused, absl::CivilDay today) {
  const auto& clock = accused.clock();
  const absl::CivilDay start = Day(clock.start(), today),
                       ceiling = Day(clock.conservative().ceiling(), today);
  absl::StrAppend(html, "<div class=\"line\">");
  Bar(html, scale, "run", start, std::max(start, std::min(today, Day(clock.end(), today))),
      absl::StrCat("from ", clock.start()));
  for (const auto& delay : accused.delays()) {
    const std::string cause = ShortName(prosecution::v1::DelayCause_descriptor(), delay.cause());
    const std::string position = ShortName(prosecution::v1::DelayPosition_descriptor(), delay.position());
    Bar(html, scale, cause == "discrete_event" ? "event" : "defence", Day(delay.from(), start),
        Day(delay.to(), start), absl::StrCat(cause, ", ", position, ": ", delay.from(), " to ", delay.to()));
  }
  for (const auto& stage : accused.stages()) {
    const absl::CivilDay on = Day(stage.on(), start);
    Bar(html, scale, "stage", on, on,
        absl::StrCat(ShortName(prosecution::v1::Stage_descriptor(), stage.stage()), " on ", stage.on()));
  }
  if (!clock.end().empty()) {
    Bar(html, scale, "end", Day(clock.end(), today), Day(clock.end(), today), "end of trial " + clock.end());
  }
  Bar(html, scale, "ceiling", ceiling, ceiling, "ceiling " + clock.conservative().ceiling());
  Bar(html, scale, "today", today, today, "today");
  absl::StrAppend(html, "</div>");
}

constexpr char kHead[] = R"(<meta name="viewport" content="width=device-width">
<title>Board of prosecutions</title>
<style>
:root { color-scheme: light dark; --ink: #1c2530; --paper: #fff; --line: #d5dbe2; --run: #9db4c8; --defence: #f4c95d;
  --event: #8e7cc3; --past: #b23a48; --d30: #e07a3f; --d90: #f0b429; --d180: #4f83b6; --later: #2f8f6b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --paper: #14191f; --line: #333d48; --run: #4a6075; } }
body { font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; } p { max-width: 60rem; margin: .4rem 0 1rem; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 600; }
th, td { padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
td.wide { width: 55%; } td b { padding: .1rem .45rem; border-radius: .6rem; color: #fff; font-weight: 600; }
b.past { background: var(--past); } b.d30 { background: var(--d30); } b.d90 { background: #9a6b00; }
b.d180 { background: var(--d180); } b.later { background: var(--later); }
.line { position: relative; height: 1.5rem; } .line i { position: absolute; top: .45rem; height: .6rem; min-width: 2px; }
.run { background: var(--run); border-radius: 3px; } .defence { background: var(--defence); } .event { background: var(--event); }
.line .stage { background: var(--ink); top: .25rem; height: 1rem; width: 2px !important; }
.line .end { background: none; border-left: 3px double var(--ink); top: 0; height: 1.5rem; }
.line .ceiling { background: var(--past); top: 0; height: 1.5rem; width: 3px !important; }
.line .today { background: none; border-left: 1px dashed var(--ink); top: 0; height: 1.5rem; }
.legend span { display: inline-block; margin-right: 1.2rem; } .legend i { display: inline-block; width: 1rem; height: .7rem; margin-right: .4rem; }
</style></head><body>
)";

std::string Page(const std::vector<Accused>& board, absl::CivilDay today) {
  const Scale scale = ScaleOf(board, today);
  std::string html = absl::StrCat(kPageHead, kHead);
  absl::StrAppend(
      &html, "<h1>Prosecutions by their ceiling</h1>\n<p>", board.size(), " accused, as of ",
      FormatDay(today), ", from ", FormatDay(scale.first), " to ", FormatDay(scale.last),
      ". Ceilings count what is agreed or found as defence delay or a discrete event. "
      "What follows from a ceiling is for counsel and the court.</p>\n<p class=\"legend\">"
      "<span><i class=\"run\"></i>since the charge</span><span><i class=\"defence\"></i>defence delay</span>"
      "<span><i class=\"event\"></i>discrete event</span>"
      "<span><i style=\"background:var(--past);width:3px\"></i>ceiling</span></p>\n"
      "<table><thead><tr><th>Accused</th><th>Region</th><th>Stage</th><th>Lead</th><th>Days</th>"
      "<th>Timeline</th></tr></thead><tbody>\n");
  for (const Accused& accused : board) {
    absl::StrAppend(&html, "<tr><td title=\"", Escaped(accused.name()), "\">",
                    Escaped(accused.name().substr(accused.name().rfind('/') + 1)), "</td><td>",
                    Escaped(accused.court_region()), "</td><td>",
                    absl::StrReplaceAll(StageOf(accused), {{"_", " "}}), " (", ForumOf(accused), ")</td><td>",
                    Escaped(LeadOf(accused)), "</td><td><b class=\"", UrgencyOf(accused), "\">",
                    accused.clock().days_to_ceiling(), "</b></td><td class=\"wide\">");
    Timeline(&html, scale, accused, today);
    absl::StrAppend(&html, "</td></tr>\n");
  }
  absl::StrAppend(&html, "</tbody></table>\n</body></html>\n");
  return html;
}

struct BoardOptions {
  std::string region, stage, html_file;
};

absl::StatusOr<std::vector<Accused>> Load(Session* session, const BoardOptions& options) {
  std::vector<Accused> board;
  Json request = Json::object();
  if (!options.region.empty()) request["court_region"] = options.region;
  if (!options.stage.empty()) {
    const auto stage = FromShortName(prosecution::v1::Stage_descriptor(), options.stage);
    if (!stage)
      return absl::InvalidArgumentError("--stage is none of the stages; see `accordctl list board --help`");
    request["stage"] = *stage;
  }
  ACCORD_RETURN_IF_ERROR(Pages<prosecution::v1::ListBoardResponse>(
      session, "board",
      [&](const auto& page) { board.insert(board.end(), page.accused().begin(), page.accused().end()); },
      request));
  return board;
}

absl::Status Board(Session* session, const BoardOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(const auto board, Load(session, options));
  const absl::CivilDay today = OntarioDay(absl::Now());
  if (!options.html_file.empty()) {
    ACCORD_RETURN_IF_ERROR(WriteFile(options.html_file, Page(board, today), FileKind::kPrivate));
    std::cout << board.size() << " accused in " << options.html_file << "\n";
    return absl::OkStatus();
  }
  std::vector<Row> rows = {{"DAYS", "CEILING", "MONTHS", "NET", "STAGE", "FORUM", "REGION", "LEAD", "NAME"}};
  Json json = Json::array();
  for (const Accused& accused : board) {
    const auto& clock = accused.clock();
    rows.push_back({absl::StrCat(clock.days_to_ceiling()), clock.conservative().ceiling(),
                    absl::StrCat(clock.ceiling_months()), absl::StrCat(clock.conservative().net_days()),
                    StageOf(accused), ForumOf(accused), accused.court_region(), LeadOf(accused),
                    accused.name()});
    json.push_back({{"name", accused.name()},
                    {"stage", StageOf(accused)},
                    {"forum", ForumOf(accused)},
                    {"court_region", accused.court_region()},
                    {"lead_crown", accused.lead_crown()},
                    {"ceiling", clock.conservative().ceiling()},
                    {"ceiling_months", clock.ceiling_months()},
                    {"days_to_ceiling", clock.days_to_ceiling()},
                    {"net_days", clock.conservative().net_days()}});
  }
  if (session->format() == Format::kJson) {
    std::cout << Dump(json, 2) << "\n";
    return absl::OkStatus();
  }
  std::cout << (board.empty() ? std::string("no open prosecution is yours to see\n") : Table(rows));
  return absl::OkStatus();
}

}  // namespace

void AddBoardCommand(CLI::App* app, Session* session) {
  auto options = std::make_shared<BoardOptions>();
  CLI::App* command = AddCommand(app, session, "board", "Open prosecutions, nearest ceiling first",
                                 [=] { return Board(session, *options); });
  command->group("Views");
  command->add_option("--region", options->region, "Of one court region, for example central-east");
  command->add_option("--stage", options->stage, "At one stage, for example trial_scheduled");
  command->add_option("--html", options->html_file, "Write a page with a timeline for each accused instead");
}

}  // namespace accord::ctl
