#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_PG_RESTORE_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_PG_RESTORE_H_

#include <string>

#include "absl/status/status.h"

namespace accord::ctl {

// Brings what a dump holds of `schema` into the database of `dsn`. With `replace` what was there goes and
// what the dump holds comes in one transaction, or nothing happens. FAILED_PRECONDITION if no folder for the
// dump as text could be made.
absl::Status RestorePostgres(const std::string& file, const std::string& dsn, const std::string& schema,
                             bool replace);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_PG_RESTORE_H_
