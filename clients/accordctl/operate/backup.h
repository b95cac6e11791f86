// Backups of a whole deployment, made and restored where its databases are, not through the gateway.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_BACKUP_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_BACKUP_H_

#include <set>
#include <string>

#include "accord/host/v1/backup.pb.h"
#include "clients/accordctl/core/deployment.h"

namespace accord::ctl {

inline constexpr char kManifest[] = "manifest.json";

// This gives the size as people read it, for example `12 MB`.
std::string HumanSize(int64_t bytes);

// Copies every database of the deployment into a new folder, while they serve; says how far it is. All copies
// are of one instant: the writers of all services stand still for the moment in which it is fixed.
// UNAVAILABLE with rule WRITERS_DID_NOT_PAUSE if some would not for half a minute.
// ALREADY_EXISTS if there is something in the folder. A folder without manifest.json is no backup.
absl::Status BackUp(const Deployment& deployment, const std::string& out);

struct RestoreOptions {
  // Databases that are not empty are replaced.
  bool replace = false;
  // A log that has more entries than the backup's is replaced too.
  bool forget_log = false;
  // Services; empty: all that are configured. The others are looked at only.
  std::set<std::string> only = {};
};

// Puts the databases of the deployment's services back, all of them looked at before the first is touched,
// and replays what the log knows beyond them; says who is ahead of whom. DATA_LOSS with rule BACKUP_DAMAGED
// if a file is not what the manifest says, or LOG_REWOUND if the audit's is older than what agencies have
// witnessed; FAILED_PRECONDITION with rule DATABASE_NOT_EMPTY unless `replace`, or LOG_AHEAD
// unless `forget_log`.
absl::Status Restore(const Deployment& deployment, const std::string& from, const RestoreOptions& options);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_BACKUP_H_
