// This stores which position of a program works at which site.
#ifndef ACCORD_SERVICES_SUPPORTS_POSITIONS_SITE_STORE_H_
#define ACCORD_SERVICES_SUPPORTS_POSITIONS_SITE_STORE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::supports {

// Notes that a position works for a program at a site. The result is false if another position does
// so already.
absl::StatusOr<bool> TakeSite(storage::Transaction& tx, const std::string& program, const std::string& site,
                              const std::string& position);

absl::Status LeaveSite(storage::Transaction& tx, const std::string& position);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_POSITIONS_SITE_STORE_H_
