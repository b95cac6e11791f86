// This reads the audit log directly from its database.
#ifndef ACCORD_CLIENTS_ACCORDCTL_AUDIT_LOGGED_CHANGES_H_
#define ACCORD_CLIENTS_ACCORDCTL_AUDIT_LOGGED_CHANGES_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::ctl {

// A change that the log records.
struct LoggedChange {
  // This is the method, `/package.Service/Method`. It is empty if the log found the change by itself, or if
  // the entry about it was moved out of the database.
  std::string method;
  int64_t index = 0;
};

// This gives the changes of a service by their RevisionDigest, from the entries `from` and later. It returns
// DATA_LOSS with rule LOG_REWOUND if the log has fewer entries, or LOG_INCOMPLETE if one is missing or does
// not match its hash.
absl::StatusOr<std::map<std::string, LoggedChange>> LoggedChangesAfter(storage::Database* log,
                                                                       const std::string& service,
                                                                       int64_t from);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_LOGGED_CHANGES_H_
