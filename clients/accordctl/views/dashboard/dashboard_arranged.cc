// This file puts the work on the dashboard in its order.
#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "clients/accordctl/views/dashboard/dashboard.h"

namespace accord::ctl {

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

}  // namespace accord::ctl
