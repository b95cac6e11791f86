// Ends of access at the registry of which the log says all there is to say.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_REPLAY_REGISTRY_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_REPLAY_REGISTRY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/backup/restored.h"

namespace accord::ctl {

// Revokes a certificate, disables or enables an actor, or suspends or resumes a system once more if that is
// what the methods say, oldest first. False, and nothing done, if they say more or something else.
absl::StatusOr<bool> EndAgain(storage::Transaction& tx, const storage::StoredVersion& record,
                              const std::vector<std::string>& methods, absl::Time now);

// Gateways take the restored policy for another one than they knew.
absl::Status BeginEpochAnew(storage::Transaction& tx);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_REPLAY_REGISTRY_H_
