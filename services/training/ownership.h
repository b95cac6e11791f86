// These functions check that a record belongs to the caller's own agency.
#ifndef ACCORD_SERVICES_TRAINING_OWNERSHIP_H_
#define ACCORD_SERVICES_TRAINING_OWNERSHIP_H_

#include <string>

#include "absl/status/status.h"
#include "common/access/decide.h"

namespace accord::training {

// This fails with NOT_FOUND unless `parent` is the caller's own agency.
absl::Status CheckParentIsCallers(const Caller& caller, const std::string& parent);

// This fails with PERMISSION_DENIED and rule NOT_THE_OWNER unless the record is of the caller's agency.
absl::Status CheckOwnedByCaller(const Caller& caller, const std::string& name);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_OWNERSHIP_H_
