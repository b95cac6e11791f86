// States of positions, reports and releases, as data (domain 3).
#ifndef ACCORD_SERVICES_INTELLIGENCE_TABLES_H_
#define ACCORD_SERVICES_INTELLIGENCE_TABLES_H_

#include "accord/intelligence/v1/resources.pb.h"
#include "common/lifecycle/lifecycle.h"

namespace accord::intelligence {

const Lifecycle& PositionLifecycle();
const Lifecycle& ReportLifecycle();
const Lifecycle& ReleaseLifecycle();

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_TABLES_H_
