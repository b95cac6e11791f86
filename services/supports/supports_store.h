// This gives the schema of what the service stores beside its resources, and the names of its kinds in
// the schedule.
#ifndef ACCORD_SERVICES_SUPPORTS_SUPPORTS_STORE_H_
#define ACCORD_SERVICES_SUPPORTS_SUPPORTS_STORE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "common/aggregates/office_counts.h"
#include "common/storage/database/database.h"

namespace accord::supports {

// The schedule has the office's counts of survivors under this name.
inline constexpr char kSupportsCounts[] = "supports_counts";
// The schedule has consents whose links are to be revoked under this kind.
inline constexpr char kLinkRevocation[] = "link_revocation";

std::vector<storage::Migration> SupportsMigrations();

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_SUPPORTS_STORE_H_
