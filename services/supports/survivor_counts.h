// This counts survivors who agree to be counted.
#ifndef ACCORD_SERVICES_SUPPORTS_SURVIVOR_COUNTS_H_
#define ACCORD_SERVICES_SUPPORTS_SURVIVOR_COUNTS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "common/aggregates/office_counts.h"
#include "common/storage/database/database.h"

namespace accord::supports {

// This SQL counts rows that have a `case_name`: it gives the number of rows, or the number of survivors where
// these are fewer than `:p1`. Many rows of one survivor thus make as small a cell as one row.
inline constexpr char kRowsOrSurvivors[] =
    "case when count(distinct case_name) < :p1 then count(distinct case_name) else count(*) end";

// Counts survivors by program, and referrals by kind and outcome, in cases with a consent to COUNTING that
// stands on this day. Where fewer than `few` survivors have the referrals, the count is that of the
// survivors, so that it is suppressed as theirs would be.
absl::StatusOr<Tallies> CountConsentingSurvivors(storage::Transaction& tx, const std::string& day,
                                                 int64_t few);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_SURVIVOR_COUNTS_H_
