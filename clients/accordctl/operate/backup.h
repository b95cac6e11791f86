// This file is about backups of a whole deployment. They are made and restored on the machine with its
// databases, not through the gateway.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_BACKUP_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_BACKUP_H_

#include <string>

#include "accord/host/v1/backup.pb.h"
#include "clients/accordctl/core/deployment.h"

namespace accord::ctl {

inline constexpr char kManifest[] = "manifest.json";

// This gives the size for people, for example `12 MB`.
std::string BackupSizeText(int64_t bytes);

// This copies every database of the deployment into a new folder while the services serve, and reports
// progress. All copies are of one instant, for which the writers of all services pause for a moment. It
// returns UNAVAILABLE with rule WRITERS_DID_NOT_PAUSE if some did not within half a minute. It returns
// ALREADY_EXISTS if the folder is not empty. A folder without manifest.json is not a backup.
absl::Status BackUp(const Deployment& deployment, const std::string& out);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_BACKUP_H_
