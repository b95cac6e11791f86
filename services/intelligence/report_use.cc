#include "services/intelligence/report_use.h"

#include "common/base/clock.h"

namespace accord::intelligence {

bool YouthAccessEnded(const v1::Report& report, absl::Time now) {
  return !report.youth_access_ends_on().empty() && report.youth_access_ends_on() < FormatDay(OntarioDay(now));
}

bool InUse(const v1::Report& report) {
  return report.state() == v1::REPORT_STATE_ACTIVE || report.state() == v1::REPORT_STATE_REVIEW_DUE ||
         report.state() == v1::REPORT_STATE_RETAINED;
}

bool Circulates(const v1::Report& report, absl::Time now) {
  return InUse(report) && !YouthAccessEnded(report, now);
}

}  // namespace accord::intelligence
