// This file has the schema of this service's database, and the name of its office counts in the schedule.
#ifndef ACCORD_SERVICES_PROSECUTION_PROSECUTION_STORE_H_
#define ACCORD_SERVICES_PROSECUTION_PROSECUTION_STORE_H_

#include <vector>

#include "common/storage/database/database.h"

namespace accord::prosecution {

// The schedule has the office's counts of prosecutions under this name.
inline constexpr char kProsecutionCounts[] = "prosecution_counts";

std::vector<storage::Migration> ProsecutionMigrations();

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_PROSECUTION_STORE_H_
