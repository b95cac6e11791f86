// The epoch identifies a database of the registry to the gateways, which begin anew when it is another one.
#ifndef ACCORD_SERVICES_REGISTRY_EPOCH_H_
#define ACCORD_SERVICES_REGISTRY_EPOCH_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::registry {

// This gives the text that identifies this database to gateways, or nothing before BeginEpoch.
absl::StatusOr<std::string> EpochOf(storage::Transaction& tx);

// This makes the epoch, once for each database.
absl::Status BeginEpoch(storage::Transaction& tx);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_EPOCH_H_
