// The Jordan clock says how long a prosecution took or will take, against a ceiling, under three views of who
// delayed it. It counts days only: what follows from them in law is for counsel and the court.
//
// Its sources are R. v. Jordan, 2016 SCC 27 (ceilings, defence delay, discrete events), and R. v. K.G.K.,
// 2020 SCC 7 (the clock stops at the end of evidence and argument).
#ifndef ACCORD_SERVICES_PROSECUTION_JORDAN_CLOCK_H_
#define ACCORD_SERVICES_PROSECUTION_JORDAN_CLOCK_H_

#include <utility>
#include <vector>

#include "absl/time/civil_time.h"

namespace accord::jordan {

enum class Cause { kWaiver, kDefenceCaused, kDiscreteEvent };
enum class Position { kCrownAsserted, kAgreed, kDisputed, kFoundByCourt };
// These views say which positions count: kConservative counts agreed and found delay, kCrown counts all that
// the Crown asserts, disputed or not, and kAsFound counts found delay alone.
enum class View { kConservative, kCrown, kAsFound };

// A span is half open, [first, last): a delay has `last - first` days.
using Span = std::pair<absl::CivilDay, absl::CivilDay>;

struct Period {
  Span span;
  Cause cause;
  Position position;
};

struct Reckoning {
  // All of these are numbers of days. net = total - defence; remaining = net - discrete.
  int total = 0, defence = 0, net = 0, discrete = 0, remaining = 0;
  // These are the start plus the ceiling's months, the same with defence delay added, and the same with
  // discrete events added too.
  absl::CivilDay base_ceiling, net_ceiling, ceiling;
  bool net_above = false, remaining_above = false;
};

// This counts the days that at least one of the spans covers.
int ClockUnionDays(std::vector<Span> spans);

// This says whether a period with this position counts in the view.
bool ClockCounts(View view, Position position);

// Counts from the charge to the end of evidence and argument. Days of a period that lie outside of that, and
// days that are already subtracted as defence delay, are not subtracted again. A total that equals the
// ceiling is not above it.
Reckoning Reckon(absl::CivilDay start, absl::CivilDay end, int ceiling_months,
                 const std::vector<Period>& periods, View view);

}  // namespace accord::jordan

#endif  // ACCORD_SERVICES_PROSECUTION_JORDAN_CLOCK_H_
