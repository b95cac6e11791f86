// What the audit log knows and a restored database does not: replayed where the databases are, before the
// restored services serve. The registry could not ask the log through the gateway, which admits nobody until
// the registry has told it the policy.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_REPLAY_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_REPLAY_H_

#include <set>
#include <string>

#include "absl/status/status.h"
#include "clients/accordctl/core/deployment.h"

namespace accord::ctl {

struct ReplayOptions {
  // Services to replay from the first entry of the log on, whether they say that they were restored or not:
  // for databases that came back by other means than `accordctl restore`.
  std::set<std::string> whole = {};
};

// For every service that was restored and waits: ends again what was ended since its copy where the log says
// enough for it, closes the other records whose access ended or was narrowed, lets the rest go on after the
// versions that the log knows, and lets the service serve. Says all of it. FAILED_PRECONDITION without the
// audit's configuration, or with rule DATABASE_IN_USE while such a service runs; DATA_LOSS with rule
// LOG_REWOUND if the log is older than the copy, or LOG_INCOMPLETE; then the service goes on waiting.
absl::Status Replay(const Deployment& deployment, const ReplayOptions& options);

// Opens a closed record of any of the services again. NOT_FOUND if none has it.
absl::Status ConfirmRecord(const Deployment& deployment, const std::string& name);

// Prints what is closed.
absl::Status ListClosed(const Deployment& deployment);

// Paths of the methods after which a record that is behind the log is closed.
const std::set<std::string>& MethodsThatEndAccess();

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_REPLAY_H_
