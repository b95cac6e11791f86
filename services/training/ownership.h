// Checks that a record is of the own agency of the caller.
#ifndef ACCORD_SERVICES_TRAINING_OWNERSHIP_H_
#define ACCORD_SERVICES_TRAINING_OWNERSHIP_H_

#include <string>

#include "absl/status/status.h"
#include "common/access/decide.h"

namespace accord::training {

// NOT_FOUND unless `parent` is the caller's own agency.
absl::Status CheckParentIsCallers(const Caller& caller, const std::string& parent);

// PERMISSION_DENIED with rule NOT_THE_OWNER unless the record is of the caller's agency.
absl::Status CheckOwnedByCaller(const Caller& caller, const std::string& name);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_OWNERSHIP_H_
