#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_PG_RESTORE_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_PG_RESTORE_H_

#include <string>

#include "absl/status/status.h"

namespace accord::ctl {

// This restores what a dump holds of `schema` into the database of `dsn`. With `replace`, the former content
// is deleted and the dump is loaded in one transaction. It returns FAILED_PRECONDITION if no folder for the
// dump as text could be made.
absl::Status RestorePostgres(const std::string& file, const std::string& dsn, const std::string& schema,
                             bool replace);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_PG_RESTORE_H_
