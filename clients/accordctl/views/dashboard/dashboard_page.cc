// This file is about the dashboard as one page for a browser and for paper. It says every state in words,
// whatever the colours.
#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/views/dashboard/dashboard.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {
namespace {

const PageForm& DashboardForm() {
  static const auto* form = new PageForm("dashboard.html");
  return *form;
}

std::string TurnHeading(Turn turn) {
  switch (turn) {
    case Turn::kMine:
      return Text("Mine");
    case Turn::kTeam:
      return Text("My team");
    case Turn::kUnassigned:
      return Text("Unassigned");
    case Turn::kOthers:
      break;
  }
  return Text("Overdue at others");
}

std::string PageTimeElement(absl::Time at, absl::TimeZone zone, const std::string& text) {
  return DashboardForm().Part("time",
                              {{"instant", absl::FormatTime(absl::RFC3339_sec, at, zone)}, {"text", text}});
}

std::string WaitingRow(const Dashboard& dashboard, const Waiting& each) {
  return DashboardForm().Part(
      "row", {{"lateness", each.Overdue(dashboard.viewer.now) ? "late" : "open"},
              {"what", EscapedHtml(Text(each.what))},
              {"kind", EscapedHtml(Text(each.kind))},
              {"due", each.due ? PageTimeElement(*each.due, dashboard.zone,
                                                 EscapedHtml(DashboardMoment(*each.due, dashboard.zone)))
                               : Text("no time set")},
              {"left", each.due ? EscapedHtml(TimeLeftText(each, dashboard.viewer.now)) : ""},
              {"state", EscapedHtml(Text(each.state))},
              {"assignee", EscapedHtml(each.assignee.empty() ? Text("nobody") : each.assignee)},
              {"note", EscapedHtml(each.note)},
              {"next", EscapedHtml(each.next)}});
}

std::string TurnSectionId(Turn turn) {
  switch (turn) {
    case Turn::kMine:
      return "mine";
    case Turn::kTeam:
      return "team";
    case Turn::kUnassigned:
      return "unassigned";
    case Turn::kOthers:
      break;
  }
  return "others";
}

// This adds the section, and the link that leads to it. What waits at others is no section where
// nothing does.
void AddTurnSection(const Dashboard& dashboard, Turn turn, std::string* links, std::string* sections) {
  std::string rows;
  int count = 0;
  for (const Waiting& each : dashboard.waiting) {
    if (each.turn != turn) continue;
    rows += WaitingRow(dashboard, each);
    ++count;
  }
  if (count == 0 && turn == Turn::kOthers) return;
  const PageValues values = {{"id", TurnSectionId(turn)},
                             {"title", TurnHeading(turn)},
                             {"count", absl::StrCat(count)},
                             {"rows", rows}};
  *links += DashboardForm().Part("link", values);
  // Of what was not read nobody knows whether it waits.
  const char* empty = dashboard.unread.empty() ? "nothing" : "nothing-read";
  *sections += DashboardForm().Part(count == 0 ? empty : "section", values);
}

}  // namespace

std::string DashboardPage(const Dashboard& dashboard) {
  const Viewer& viewer = dashboard.viewer;
  const std::string whose =
      viewer.actor.empty() ? viewer.agency : absl::StrCat(viewer.actor, ", ", viewer.agency);
  std::string unread, links, sections;
  for (const Unread& each : dashboard.unread) {
    unread += DashboardForm().Part(
        "unread", {{"kind", EscapedHtml(each.kind)}, {"why", EscapedHtml(ReasonText(each.status))}});
  }
  for (const Turn turn : {Turn::kMine, Turn::kTeam, Turn::kUnassigned, Turn::kOthers}) {
    AddTurnSection(dashboard, turn, &links, &sections);
  }
  const std::string now = MomentText(viewer.now, dashboard.zone);
  return PageOf(Text("What waits for {{whose}}", {{"whose", whose}}), {"page.css", "dashboard.css"},
                DashboardForm().Body({{"whose", EscapedHtml(whose)},
                                      {"counts", EscapedHtml(DashboardCounts(dashboard))},
                                      {"now", PageTimeElement(viewer.now, dashboard.zone, now)},
                                      {"zone", EscapedHtml(DashboardZoneLine(dashboard))},
                                      {"unread", unread},
                                      {"links", links},
                                      {"sections", sections}}));
}

}  // namespace accord::ctl
