// This file is about the dashboard as JSON.
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/views/dashboard/dashboard.h"
#include "common/base/error.h"

namespace accord::ctl {

namespace {

std::string DashboardJsonTime(absl::Time at, absl::TimeZone zone) {
  return absl::FormatTime(absl::RFC3339_sec, at, zone);
}

}  // namespace

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
                       {"due", each.due ? Json(DashboardJsonTime(*each.due, dashboard.zone)) : Json()},
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
  return {{"time", DashboardJsonTime(dashboard.viewer.now, dashboard.zone)},
          {"time_zone", dashboard.zone.name()},
          {"agency", dashboard.viewer.agency},
          {"actor", dashboard.viewer.actor},
          {"counts",
           {{"mine", CountDashboardTurn(dashboard, Turn::kMine)},
            {"my_team", CountDashboardTurn(dashboard, Turn::kTeam)},
            {"unassigned", CountDashboardTurn(dashboard, Turn::kUnassigned)},
            {"others", CountDashboardTurn(dashboard, Turn::kOthers)},
            {"overdue", CountDashboardOverdue(dashboard)},
            {"due_within_24_h", CountDashboardDueSoon(dashboard)},
            {"later", dashboard.later}}},
          {"waiting", waiting},
          {"unread", unread}};
}

}  // namespace accord::ctl
