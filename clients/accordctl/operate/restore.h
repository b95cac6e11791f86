// This restores a backup of a deployment, on the machine with its databases.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_RESTORE_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_RESTORE_H_

#include <set>
#include <string>

#include "absl/status/status.h"
#include "clients/accordctl/core/deployment.h"

namespace accord::ctl {

struct RestoreOptions {
  // Databases that are not empty are replaced.
  bool replace = false;
  // A log with more entries than the backup's is replaced too.
  bool forget_log = false;
  // These are the services to restore; if it is empty, all that are configured are restored. The others are
  // only checked.
  std::set<std::string> only = {};
};

// This restores the databases of the deployment's services after checking all of them, replays the later
// changes that the log knows, and reports which database is ahead of which. It returns DATA_LOSS with rule
// BACKUP_DAMAGED if a file does not match the manifest, or LOG_REWOUND if the log in the backup is older than
// what agencies have witnessed. It returns FAILED_PRECONDITION with rule DATABASE_NOT_EMPTY unless `replace`,
// or LOG_AHEAD unless `forget_log`.
absl::Status RestoreBackup(const Deployment& deployment, const std::string& from,
                           const RestoreOptions& options);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_RESTORE_H_
