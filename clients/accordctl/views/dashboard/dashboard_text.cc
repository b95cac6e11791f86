// This file is about the dashboard in order, as a table and as JSON.
#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/core/training_mark.h"
#include "clients/accordctl/core/zone.h"
#include "clients/accordctl/views/dashboard/dashboard.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

constexpr std::array kTurns = {Turn::kMine, Turn::kTeam, Turn::kUnassigned, Turn::kOthers};

int64_t CountOfTurn(const Dashboard& dashboard, Turn turn) {
  return std::count_if(dashboard.waiting.begin(), dashboard.waiting.end(),
                       [turn](const Waiting& each) { return each.turn == turn; });
}

int64_t CountOverdue(const Dashboard& dashboard) {
  return std::count_if(dashboard.waiting.begin(), dashboard.waiting.end(),
                       [&](const Waiting& each) { return each.Overdue(dashboard.viewer.now); });
}

int64_t CountDueSoon(const Dashboard& dashboard) {
  const absl::Time now = dashboard.viewer.now;
  return std::count_if(dashboard.waiting.begin(), dashboard.waiting.end(), [&](const Waiting& each) {
    return each.due && *each.due >= now && *each.due < now + absl::Hours(24);
  });
}

std::string InstantForJson(absl::Time at, absl::TimeZone zone) {
  return absl::FormatTime(absl::RFC3339_sec, at, zone);
}

std::string UnreadLines(const Dashboard& dashboard) {
  std::string out;
  for (const Unread& each : dashboard.unread) {
    const std::string rule = accord::RuleOf(each.status);
    const std::string named = rule.empty() ? absl::StatusCodeToString(each.status.code()) : rule;
    absl::StrAppend(&out,
                    Text("not read: {{kind}} ({{rule}}: {{why}})",
                         {{"kind", each.kind}, {"rule", named}, {"why", ReasonText(each.status)}}),
                    "\n");
  }
  return out;
}

}  // namespace

Dashboard ArrangedDashboard(const Viewer& viewer, absl::TimeZone zone, std::vector<Waiting> waiting,
                            int within_days, bool only_mine) {
  Dashboard dashboard;
  dashboard.viewer = viewer;
  dashboard.zone = zone;
  dashboard.within_days = within_days;
  const auto due = [](const Waiting& each) { return each.due.value_or(absl::InfiniteFuture()); };
  std::stable_sort(waiting.begin(), waiting.end(),
                   [&](const Waiting& a, const Waiting& b) { return due(a) < due(b); });
  const absl::Time last = viewer.now + absl::Hours(24) * within_days;
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  for (Waiting& each : waiting) {
    if (only_mine && each.turn != Turn::kMine) continue;
    if (!seen.insert({each.kind, each.name, each.what}).second) continue;
    if (each.due && *each.due > last) {
      ++dashboard.later;
    } else {
      dashboard.waiting.push_back(std::move(each));
    }
  }
  std::stable_sort(dashboard.waiting.begin(), dashboard.waiting.end(),
                   [](const Waiting& a, const Waiting& b) { return a.turn < b.turn; });
  return dashboard;
}

std::string DashboardMoment(absl::Time at, absl::TimeZone zone) {
  return MomentText(at, zone, /*ends_days=*/true);
}

std::string TimeLeftText(const Waiting& waiting, absl::Time now) {
  if (!waiting.due) return "-";
  const bool late = waiting.Overdue(now);
  const int64_t minutes = absl::ToInt64Minutes(late ? now - *waiting.due : *waiting.due - now);
  const auto counted = [](std::string_view text, int64_t count) {
    return Text(text, {{"count", absl::StrCat(count)}});
  };
  const std::string amount = minutes >= 2880  ? counted("{{count}} d", minutes / 1440)
                             : minutes >= 120 ? counted("{{count}} h", minutes / 60)
                                              : counted("{{count}} min", minutes);
  return Text(late ? "{{amount}} overdue" : "in {{amount}}", {{"amount", amount}});
}

std::string TurnName(Turn turn) {
  switch (turn) {
    case Turn::kMine:
      return "mine";
    case Turn::kTeam:
      return "my team";
    case Turn::kUnassigned:
      return "unassigned";
    case Turn::kOthers:
      break;
  }
  return "others";
}

std::string DashboardCounts(const Dashboard& dashboard) {
  std::vector<std::string> counts;
  for (const Turn turn : kTurns) {
    if (turn == Turn::kOthers && CountOfTurn(dashboard, turn) == 0) continue;
    counts.push_back(absl::StrCat(CountOfTurn(dashboard, turn), " ", Text(TurnName(turn))));
  }
  counts.push_back(Text("{{count}} overdue", {{"count", absl::StrCat(CountOverdue(dashboard))}}));
  counts.push_back(Text("{{count}} due within 24 h", {{"count", absl::StrCat(CountDueSoon(dashboard))}}));
  if (dashboard.later > 0) {
    counts.push_back(
        Text("{{count}} due after {{days}} d, not listed",
             {{"count", absl::StrCat(dashboard.later)}, {"days", absl::StrCat(dashboard.within_days)}}));
  }
  return absl::StrJoin(counts, ", ");
}

std::string DashboardZoneLine(const Dashboard& dashboard) {
  return Text("Times are of {{zone}} ({{name}}, UTC{{offset}}).",
              {{"zone", dashboard.zone.name()},
               {"name", ZoneText(dashboard.viewer.now, dashboard.zone)},
               {"offset", absl::FormatTime("%Ez", dashboard.viewer.now, dashboard.zone)}});
}

std::string DashboardTable(const Dashboard& dashboard) {
  std::vector<Row> rows = {
      TableHeadings({"DUE", "LEFT", "TO DO", "KIND", "STATE", "ASSIGNEE", "NOTE", "NEXT"})};
  for (const Waiting& each : dashboard.waiting) {
    const auto shown = [](const std::string& text) { return text.empty() ? std::string("-") : text; };
    rows.push_back({each.due ? DashboardMoment(*each.due, dashboard.zone) : "-",
                    TimeLeftText(each, dashboard.viewer.now), Text(each.what), Text(each.kind),
                    Text(each.state), shown(each.assignee), shown(each.note),
                    absl::StrCat("accordctl ", each.next)});
  }
  std::string out = absl::StrCat(TrainingMark(), DashboardCounts(dashboard), "\n");
  if (dashboard.waiting.empty()) {
    // Of what was not read nobody knows whether it waits.
    const std::string none =
        dashboard.unread.empty() ? Text("nothing waits") : Text("nothing waits in what could be read");
    absl::StrAppend(&out, "\n", none, "\n\n");
  } else {
    const std::vector<std::string> lines = TableLines(rows);
    absl::StrAppend(&out, "\n", lines[0], "\n");
    for (std::size_t i = 0; i < dashboard.waiting.size(); ++i) {
      const Turn turn = dashboard.waiting[i].turn;
      if (i == 0 || turn != dashboard.waiting[i - 1].turn) {
        absl::StrAppend(&out, Text(TurnName(turn)), " (", CountOfTurn(dashboard, turn), ")\n");
      }
      absl::StrAppend(&out, lines[i + 1], "\n");
    }
    absl::StrAppend(&out, "\n");
  }
  absl::StrAppend(&out, DashboardZoneLine(dashboard), "\n", UnreadLines(dashboard));
  return out;
}

Json DashboardJson(const Dashboard& dashboard) {
  Json waiting = Json::array();
  for (const Waiting& each : dashboard.waiting) {
    waiting.push_back({{"turn", TurnName(each.turn)},
                       {"kind", each.kind},
                       {"name", each.name},
                       {"to_do", each.what},
                       {"state", each.state},
                       {"assignee", each.assignee},
                       {"note", each.note},
                       {"due", each.due ? Json(InstantForJson(*each.due, dashboard.zone)) : Json()},
                       {"overdue", each.Overdue(dashboard.viewer.now)},
                       {"next", absl::StrCat("accordctl ", each.next)}});
  }
  Json unread = Json::array();
  for (const Unread& each : dashboard.unread) {
    unread.push_back({{"kind", each.kind},
                      {"code", absl::StatusCodeToString(each.status.code())},
                      {"rule", accord::RuleOf(each.status)},
                      {"message", std::string(each.status.message())}});
  }
  return {{"time", InstantForJson(dashboard.viewer.now, dashboard.zone)},
          {"time_zone", dashboard.zone.name()},
          {"agency", dashboard.viewer.agency},
          {"actor", dashboard.viewer.actor},
          {"counts",
           {{"mine", CountOfTurn(dashboard, Turn::kMine)},
            {"my_team", CountOfTurn(dashboard, Turn::kTeam)},
            {"unassigned", CountOfTurn(dashboard, Turn::kUnassigned)},
            {"others", CountOfTurn(dashboard, Turn::kOthers)},
            {"overdue", CountOverdue(dashboard)},
            {"due_within_24_h", CountDueSoon(dashboard)},
            {"later", dashboard.later}}},
          {"waiting", waiting},
          {"unread", unread}};
}

}  // namespace accord::ctl
