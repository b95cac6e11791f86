// These functions read keys and other secrets in files that belong to this user.
#ifndef ACCORD_COMMON_BASE_OWN_SECRET_H_
#define ACCORD_COMMON_BASE_OWN_SECRET_H_

#include <string>

#include "absl/status/statusor.h"

namespace accord {

// This removes the permissions of other users from a file. It gives false if that fails, and true if there is
// no such file.
bool CloseToOthers(const std::string& path);
// This reads a key that belongs to this user. Permissions of other users are removed first. If that fails, it
// returns FAILED_PRECONDITION with rule FILE_NOT_SAFE.
absl::StatusOr<std::string> ReadOwnSecret(const std::string& path);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_OWN_SECRET_H_
