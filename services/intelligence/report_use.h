// This file says whether a report is in use, and for how long.
#ifndef ACCORD_SERVICES_INTELLIGENCE_REPORT_USE_H_
#define ACCORD_SERVICES_INTELLIGENCE_REPORT_USE_H_

#include "absl/time/time.h"
#include "accord/intelligence/v1/resources.pb.h"

namespace accord::intelligence {

// This says whether the report was admitted and has not been recalled, purged or sealed since.
bool InUse(const v1::Report& report);
// This says whether copies open, because the report is in use and s. 119 YCJA does not bar it.
bool Circulates(const v1::Report& report, absl::Time now);
// This says whether the last day of access to what is derived from a youth record has passed.
bool YouthAccessEnded(const v1::Report& report, absl::Time now);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_REPORT_USE_H_
