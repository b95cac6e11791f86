// This file says who sees a report, and by what it is found, whichever handler stores it.
#ifndef ACCORD_SERVICES_INTELLIGENCE_REPORT_PLACEMENT_H_
#define ACCORD_SERVICES_INTELLIGENCE_REPORT_PLACEMENT_H_

#include <string>

#include "accord/intelligence/v1/resources.pb.h"
#include "common/storage/records/resources.h"

namespace accord::intelligence {

// Only the originator sees a draft, or a report that was recalled.
storage::Placement PlacementOf(const v1::Report& report, const std::string& bureau);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_REPORT_PLACEMENT_H_
