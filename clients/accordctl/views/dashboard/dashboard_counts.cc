// This file counts the work on the dashboard.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/dashboard/dashboard.h"

namespace accord::ctl {

namespace {

constexpr std::array kTurns = {Turn::kMine, Turn::kTeam, Turn::kUnassigned, Turn::kOthers};

}  // namespace

int64_t CountDashboardTurn(const Dashboard& dashboard, Turn turn) {
  return std::count_if(dashboard.waiting.begin(), dashboard.waiting.end(),
                       [turn](const Waiting& each) { return each.turn == turn; });
}

int64_t CountDashboardOverdue(const Dashboard& dashboard) {
  return std::count_if(dashboard.waiting.begin(), dashboard.waiting.end(),
                       [&](const Waiting& each) { return each.Overdue(dashboard.viewer.now); });
}

int64_t CountDashboardDueSoon(const Dashboard& dashboard) {
  const absl::Time now = dashboard.viewer.now;
  return std::count_if(dashboard.waiting.begin(), dashboard.waiting.end(), [&](const Waiting& each) {
    return each.due && *each.due >= now && *each.due < now + absl::Hours(24);
  });
}

std::string DashboardCounts(const Dashboard& dashboard) {
  std::vector<std::string> counts;
  for (const Turn turn : kTurns) {
    if (turn == Turn::kOthers && CountDashboardTurn(dashboard, turn) == 0) continue;
    counts.push_back(absl::StrCat(CountDashboardTurn(dashboard, turn), " ", Text(TurnName(turn))));
  }
  counts.push_back(Text("{{count}} overdue", {{"count", absl::StrCat(CountDashboardOverdue(dashboard))}}));
  counts.push_back(
      Text("{{count}} due within 24 h", {{"count", absl::StrCat(CountDashboardDueSoon(dashboard))}}));
  if (dashboard.later > 0) {
    counts.push_back(
        Text("{{count}} due after {{days}} d, not listed",
             {{"count", absl::StrCat(dashboard.later)}, {"days", absl::StrCat(dashboard.within_days)}}));
  }
  return absl::StrJoin(counts, ", ");
}

}  // namespace accord::ctl
