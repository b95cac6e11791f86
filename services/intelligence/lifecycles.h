// This file has the states of what intelligence keeps, as data (docs/domain.md 3).
#ifndef ACCORD_SERVICES_INTELLIGENCE_LIFECYCLES_H_
#define ACCORD_SERVICES_INTELLIGENCE_LIFECYCLES_H_

#include "accord/intelligence/v1/resources.pb.h"
#include "common/lifecycle/lifecycle.h"

namespace accord::intelligence {

const Lifecycle& PositionLifecycle();
// This gives the states in which police services may be assigned to a position. It is a table of its own,
// since a caller that advances a position may name any event of PositionLifecycle.
const Lifecycle& PortfolioLifecycle();
const Lifecycle& ReportLifecycle();
const Lifecycle& ReleaseLifecycle();
const Lifecycle& RequestLifecycle();
const Lifecycle& PurgeNoticeLifecycle();
const Lifecycle& ProductLifecycle();

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_LIFECYCLES_H_
