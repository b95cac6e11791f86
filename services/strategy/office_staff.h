// This says which callers act for the coordination office.
#ifndef ACCORD_SERVICES_STRATEGY_OFFICE_STAFF_H_
#define ACCORD_SERVICES_STRATEGY_OFFICE_STAFF_H_

#include "common/access/decide.h"

namespace accord::strategy {

// This tells whether the caller is a member of the coordination office's staff, or its director.
bool ActsForOffice(const Caller& caller);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_OFFICE_STAFF_H_
