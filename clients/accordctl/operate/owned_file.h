// This file is about files that a process of the deployment must be able to read.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_OWNED_FILE_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_OWNED_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "common/base/file.h"

namespace accord::ctl {

// This writes a file with the owner of `model`, a file that the process reads already and whose folder may
// belong to the same owner.
absl::Status WriteWithOwnerOf(const std::string& model, const std::string& path, const std::string& content,
                              FileKind kind);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_OWNED_FILE_H_
