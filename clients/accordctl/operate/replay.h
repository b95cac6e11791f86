// This replays what the audit log knows and a restored database does not. It runs on the machine with the
// databases, before the restored services serve. It cannot use the gateway, which admits nobody until the
// registry has given it the policy.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_REPLAY_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_REPLAY_H_

#include <set>
#include <string>

#include "absl/status/status.h"
#include "clients/accordctl/core/deployment.h"

namespace accord::ctl {

struct ReplayOptions {
  // These are services for which the log is replayed from its first entry, whether or not they report that
  // they were restored: for databases that were restored by other means than `accordctl restore`.
  std::set<std::string> whole = {};
};

// For every restored service that waits, this repeats each end of access since the copy if the log has enough
// information; closes the other records whose access ended or was narrowed; lets the remaining records
// continue after the versions that the log knows; and lets the service serve. It reports all of that. It
// returns FAILED_PRECONDITION without the audit service's configuration, or with rule DATABASE_IN_USE while
// such a service runs. It returns DATA_LOSS with rule LOG_REWOUND if the log is older than the copy, or
// LOG_INCOMPLETE; then the service keeps waiting.
absl::Status Replay(const Deployment& deployment, const ReplayOptions& options);

// This reopens a closed record of any of the services. It returns NOT_FOUND if none has it.
absl::Status ConfirmRecord(const Deployment& deployment, const std::string& name);

// This prints the closed records.
absl::Status ListClosed(const Deployment& deployment);

// This gives the paths of methods that end or narrow access: a record is closed if the log has such a call
// that the restored database lacks.
const std::set<std::string>& MethodsThatEndAccess();

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_REPLAY_H_
