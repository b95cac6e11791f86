// The audit log as its database has it, read where that is.
#ifndef ACCORD_CLIENTS_ACCORDCTL_AUDIT_LOG_AFTER_H_
#define ACCORD_CLIENTS_ACCORDCTL_AUDIT_LOG_AFTER_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::ctl {

// This is a change that the log tells of.
struct LoggedChange {
  // `/package.Service/Method`; empty where the log found the change by itself, and where the entry that told
  // of it was moved out of the database.
  std::string method;
  int64_t index = 0;
};

// Changes of a service by their RevisionDigest, out of the entries from `from` on. DATA_LOSS with rule
// LOG_REWOUND if the log has fewer, LOG_INCOMPLETE if one is missing or is not what was hashed.
absl::StatusOr<std::map<std::string, LoggedChange>> LogAfter(storage::Database* log,
                                                             const std::string& service, int64_t from);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_LOG_AFTER_H_
