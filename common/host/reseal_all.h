// This is the task of a process that is started with --reseal.
#ifndef ACCORD_COMMON_HOST_RESEAL_ALL_H_
#define ACCORD_COMMON_HOST_RESEAL_ALL_H_

#include <string>

#include "absl/status/status.h"
#include "common/storage/database/database.h"

namespace accord::host {

// This seals every row of the database with the current key, and what the previous version stored unsealed in
// fields that were classified since. It prints how far it has come.
absl::Status ResealAll(storage::Database* database, const std::string& service);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_RESEAL_ALL_H_
