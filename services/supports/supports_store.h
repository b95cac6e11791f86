// The schema of what this service stores beside its resources, and the names of its kinds in the schedule.
#ifndef ACCORD_SERVICES_SUPPORTS_SUPPORTS_STORE_H_
#define ACCORD_SERVICES_SUPPORTS_SUPPORTS_STORE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "common/aggregates/office_counts.h"
#include "common/storage/database/database.h"

namespace accord::supports {

// The schedule's name for the office's counts of survivors.
inline constexpr char kSupportsCounts[] = "supports_counts";
// The kind, in the database's schedule, of a consent whose links are to be revoked when it ends.
inline constexpr char kLinkRevocation[] = "link_revocation";

std::vector<storage::Migration> SupportsMigrations();

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_SUPPORTS_STORE_H_
