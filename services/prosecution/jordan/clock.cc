#include "services/prosecution/jordan/clock.h"

#include <algorithm>

#include "common/base/months.h"

namespace accord::jordan {

int ClockUnionDays(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end());
  int days = 0;
  absl::CivilDay covered = absl::CivilDay::min();
  for (const auto& [first, last] : spans) {
    const absl::CivilDay from = std::max(first, covered);
    if (from >= last) continue;
    days += static_cast<int>(last - from);
    covered = last;
  }
  return days;
}

bool ClockCounts(View view, Position position) {
  switch (view) {
    case View::kConservative:
      return position == Position::kAgreed || position == Position::kFoundByCourt;
    case View::kCrown:
      return true;
    case View::kAsFound:
      return position == Position::kFoundByCourt;
  }
  return false;
}

Reckoning Reckon(absl::CivilDay start, absl::CivilDay end, int ceiling_months,
                 const std::vector<Period>& periods, View view) {
  std::vector<Span> defence, both;
  for (const Period& period : periods) {
    if (!ClockCounts(view, period.position)) continue;
    const Span inside = {std::max(period.span.first, start), std::min(period.span.second, end)};
    both.push_back(inside);
    if (period.cause != Cause::kDiscreteEvent) defence.push_back(inside);
  }
  Reckoning r;
  r.total = static_cast<int>(end - start);
  r.defence = ClockUnionDays(defence);
  r.net = r.total - r.defence;
  r.discrete = ClockUnionDays(both) - r.defence;
  r.remaining = r.net - r.discrete;
  r.base_ceiling = MonthsAfter(start, ceiling_months);
  r.net_ceiling = r.base_ceiling + r.defence;
  r.ceiling = r.net_ceiling + r.discrete;
  r.net_above = end > r.net_ceiling;
  r.remaining_above = end > r.ceiling;
  return r;
}

}  // namespace accord::jordan
