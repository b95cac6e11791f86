// Backups of a whole deployment, made and restored where its databases are, not through the gateway.
#ifndef ACCORD_CLIENTS_ACCORDCTL_BACKUP_H_
#define ACCORD_CLIENTS_ACCORDCTL_BACKUP_H_

#include <string>

#include "accord/host/v1/backup.pb.h"
#include "clients/accordctl/deployment.h"

namespace accord::ctl {

inline constexpr char kManifest[] = "manifest.json";

// SHA-256 of a file of any size, 64 hex digits.
absl::StatusOr<std::string> FileDigest(const std::string& path);

// Copies every database of the deployment into a new folder, while they serve; says how far it is.
// ALREADY_EXISTS if there is something in the folder. A folder without manifest.json is no backup.
absl::Status BackUp(const Deployment& deployment, const std::string& out);

// Puts the databases of the deployment's services back, all of them looked at before the first is touched.
// DATA_LOSS with rule BACKUP_DAMAGED if a file is not what the manifest says, or LOG_REWOUND if the audit's
// is older than what agencies have witnessed; FAILED_PRECONDITION with rule DATABASE_NOT_EMPTY unless
// `replace`.
absl::Status Restore(const Deployment& deployment, const std::string& from, bool replace);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_BACKUP_H_
