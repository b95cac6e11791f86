// This repeats ends of access at the registry for which the log has all the information.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_REPLAY_REGISTRY_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_REPLAY_REGISTRY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/backup/stored_versions.h"

namespace accord::ctl {

// This revokes a certificate, disables or enables an actor, or suspends or resumes a system again, if the
// methods, oldest first, say only that. It gives false, and does nothing, if they say more or something else.
absl::StatusOr<bool> EndAccessAgain(storage::Transaction& tx, const storage::StoredVersion& record,
                                    const std::vector<std::string>& methods, absl::Time now);

// This starts a new policy epoch, so that gateways do not mistake the restored policy for the one that
// they knew.
absl::Status BeginReplayedRegistryEpoch(storage::Transaction& tx);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_REPLAY_REGISTRY_H_
