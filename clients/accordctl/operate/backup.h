// Backups of a whole deployment. They are made and restored on the machine with its databases, not
// through the gateway.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_BACKUP_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_BACKUP_H_

#include <set>
#include <string>

#include "accord/host/v1/backup.pb.h"
#include "clients/accordctl/core/deployment.h"

namespace accord::ctl {

inline constexpr char kManifest[] = "manifest.json";

// Gives the size for people, for example `12 MB`.
std::string HumanSize(int64_t bytes);

// Copies every database of the deployment into a new folder while the services serve, and reports
// progress. All copies are of one instant, for which the writers of all services pause for a
// moment. UNAVAILABLE with rule WRITERS_DID_NOT_PAUSE if some did not within half a minute.
// ALREADY_EXISTS if the folder is not empty. A folder without manifest.json is not a backup.
absl::Status BackUp(const Deployment& deployment, const std::string& out);

struct RestoreOptions {
  // Databases that are not empty are replaced.
  bool replace = false;
  // A log with more entries than the backup's is replaced too.
  bool forget_log = false;
  // The services to restore; empty: all that are configured. The others are only checked.
  std::set<std::string> only = {};
};

// Restores the databases of the deployment's services after checking all of them, replays the later
// changes that the log knows, and reports which database is ahead of which. DATA_LOSS with rule
// BACKUP_DAMAGED if a file does not match the manifest, or LOG_REWOUND if the log in the backup is
// older than what agencies have witnessed. FAILED_PRECONDITION with rule DATABASE_NOT_EMPTY unless
// `replace`, or LOG_AHEAD unless `forget_log`.
absl::Status RestoreBackup(const Deployment& deployment, const std::string& from, const RestoreOptions& options);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_BACKUP_H_
