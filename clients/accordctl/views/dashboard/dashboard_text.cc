// This file is about the dashboard as a table, and about the words that its table and its page share.

#include "absl/strings/str_cat.h"
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
        absl::StrAppend(&out, Text(TurnName(turn)), " (", CountDashboardTurn(dashboard, turn), ")\n");
      }
      absl::StrAppend(&out, lines[i + 1], "\n");
    }
    absl::StrAppend(&out, "\n");
  }
  absl::StrAppend(&out, DashboardZoneLine(dashboard), "\n", UnreadLines(dashboard));
  return out;
}

}  // namespace accord::ctl
