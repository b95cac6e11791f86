// This file says who may assign a referral to whom.
#ifndef ACCORD_SERVICES_PROTOCOLS_ASSIGNMENT_H_
#define ACCORD_SERVICES_PROTOCOLS_ASSIGNMENT_H_

#include <string>

#include "absl/status/status.h"
#include "common/access/decide.h"

namespace accord::protocols {

// This says whether the caller, who is of the receiver, may reassign from `assignee`, which may be empty,
// to `next`.
absl::Status CheckMayAssign(const Caller& caller, const std::string& assignee, const std::string& next);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_ASSIGNMENT_H_
