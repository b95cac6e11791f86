// This file has the exit codes of accordctl, which `accordctl --help` documents.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_EXIT_CODE_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_EXIT_CODE_H_

#include "absl/status/status.h"

namespace accord::ctl {

// These are exit codes, which `accordctl --help` documents.
enum ExitCode {
  kDone = 0,
  kOther = 1,
  kUsage = 2,
  kRefused = 3,
  kNotFound = 4,
  kConflict = 5,
  kInvalid = 6,
  kTryAgain = 7,
  kNotVerified = 8,
};

// This says whether the same call may succeed later without any change: nothing answered, it took too long,
// or a quota is used up. It is not the case if the request is too large, or if a file cannot be written here.
bool IsTemporary(const absl::Status& status);

ExitCode ExitCodeOf(const absl::Status& status);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_EXIT_CODE_H_
