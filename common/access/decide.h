// This makes the one decision: may this caller call this method? The gateway, the services and `access
// explain` use it.
#ifndef ACCORD_COMMON_ACCESS_DECIDE_H_
#define ACCORD_COMMON_ACCESS_DECIDE_H_

#include <set>

#include "absl/status/status.h"
#include "common/access/caller.h"
#include "common/access/method.h"

namespace accord {

// This returns OK if a grant lets the call in. Otherwise it returns PERMISSION_DENIED with the first of these
// rules that no grant satisfies: METHOD_INTERNAL, AGENCY_KIND_NOT_PERMITTED, ROLE_NOT_PERMITTED,
// PURPOSE_MISSING, PURPOSE_NOT_PERMITTED.
absl::Status Decide(const Method& method, const Caller& caller);
// This gives the classes of sensitive fields that the caller may read in the answer. They are those of every
// grant that lets the call in.
std::set<annotations::v1::SensitiveClass> DecideClasses(const Method& method, const Caller& caller);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_DECIDE_H_
