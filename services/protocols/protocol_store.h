// This file has the schema of this service's database, and the name of its office counts in the schedule.
#ifndef ACCORD_SERVICES_PROTOCOLS_PROTOCOL_STORE_H_
#define ACCORD_SERVICES_PROTOCOLS_PROTOCOL_STORE_H_

#include <vector>

#include "common/storage/database/database.h"

namespace accord::protocols {

// The schedule has the office's counts of referrals under this name.
inline constexpr char kReferralCounts[] = "referral_counts";

std::vector<storage::Migration> ProtocolMigrations();

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_PROTOCOL_STORE_H_
