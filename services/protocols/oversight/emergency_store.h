// Stores which records are open to which agency by break-glass access, and until when.
#ifndef ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_EMERGENCY_STORE_H_
#define ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_EMERGENCY_STORE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"

namespace accord::protocols {

// This opens the record `name` to the agency until this instant.
absl::Status OpenInEmergency(storage::Transaction& tx, const std::string& agency, const std::string& name,
                             absl::Time until);
// This says whether the record `name` is open to the agency at `now`.
absl::StatusOr<bool> IsOpenInEmergency(storage::Transaction& tx, const std::string& agency,
                                       const std::string& name, absl::Time now);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_EMERGENCY_STORE_H_
