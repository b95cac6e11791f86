// This file says by when reports are reviewed, and releases and requests are answered.
#ifndef ACCORD_SERVICES_INTELLIGENCE_DUE_TIMES_H_
#define ACCORD_SERVICES_INTELLIGENCE_DUE_TIMES_H_

#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "accord/intelligence/v1/resources.pb.h"
#include "accord/intelligence/v1/rules.pb.h"

namespace accord::intelligence {

// This gives the day by which a report that is in use from `today` must be validated: the earlier of policy
// and s. 119 YCJA.
std::string ReviewDue(const v1::RuleSet& rules, const v1::Report& report, absl::CivilDay today);
// This gives the day on which time moves a report on, unless a person did so before: a report in use is due
// for validation, and one that was never admitted, or was recalled, is purged.
std::string DueEndOfReport(const v1::RuleSet& rules, const v1::Report& report);
// This says when time next moves a report on, if it does.
std::optional<absl::Time> NextDue(const v1::RuleSet& rules, const v1::Report& report);

// This says by when the originator answers a request for a release that is made at `now`.
absl::Time ReleaseDue(const v1::RuleSet& rules, bool urgent, absl::Time now);
// This says by when a request for information that is made at `now` is answered.
absl::Time RequestDue(const v1::RuleSet& rules, v1::RequestPriority priority, absl::Time now);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_DUE_TIMES_H_
