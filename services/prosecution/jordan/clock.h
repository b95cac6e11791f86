// The Jordan clock: how long a prosecution took or will take, against a ceiling, under three views of who
// delayed it. Days and dates only: what follows from them in law is for counsel and the court.
//
// Sources: R. v. Jordan, 2016 SCC 27 (ceilings, defence delay, discrete events); R. v. K.G.K., 2020 SCC 7
// (the clock stops at the end of evidence and argument).
#ifndef ACCORD_SERVICES_PROSECUTION_JORDAN_CLOCK_H_
#define ACCORD_SERVICES_PROSECUTION_JORDAN_CLOCK_H_

#include <utility>
#include <vector>

#include "absl/time/civil_time.h"

namespace accord::jordan {

enum class Cause { kWaiver, kDefenceCaused, kDiscreteEvent };
enum class Position { kCrownAsserted, kAgreed, kDisputed, kFoundByCourt };
// Which positions count: kConservative counts agreed and found delay, kCrown all that the Crown asserts,
// disputed or not, and kAsFound found delay alone.
enum class View { kConservative, kCrown, kAsFound };

// A span is half open, [first, last): the days of a delay are `last - first`.
using Span = std::pair<absl::CivilDay, absl::CivilDay>;

struct Period {
  Span span;
  Cause cause;
  Position position;
};

struct Reckoning {
  // All are numbers of days. net = total - defence; remaining = net - discrete.
  int total = 0, defence = 0, net = 0, discrete = 0, remaining = 0;
  // The start plus the ceiling's months; the same with defence delay added; and the same with discrete events
  // added too.
  absl::CivilDay base_ceiling, net_ceiling, ceiling;
  bool net_above = false, remaining_above = false;
};

// Days that at least one of the spans covers.
int UnionDays(std::vector<Span> spans);

// Whether a period with this position counts in the view.
bool Counts(View view, Position position);

// Counts from the charge to the end of evidence and argument. Days of a period outside of that, and days that
// are already subtracted as defence delay, are not subtracted again. A total that equals the ceiling is not
// above it.
Reckoning Reckon(absl::CivilDay start, absl::CivilDay end, int ceiling_months,
                 const std::vector<Period>& periods, View view);

}  // namespace accord::jordan

#endif  // ACCORD_SERVICES_PROSECUTION_JORDAN_CLOCK_H_
