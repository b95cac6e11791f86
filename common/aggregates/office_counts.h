// What the coordination office is shown of everybody's records: how many there were at the end of a period,
// so that two answers around one person's step say the same (docs/domain.md 1.6).
#ifndef ACCORD_COMMON_AGGREGATES_OFFICE_COUNTS_H_
#define ACCORD_COMMON_AGGREGATES_OFFICE_COUNTS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"

namespace accord {

// This says how many there are under each label, for example `stage/bail`. No label is empty or stands twice.
using Tallies = std::vector<std::pair<std::string, int64_t>>;

struct OfficeCounts {
  // They are ordered by label.
  Tallies tallies;
  // This says when it was counted; nullopt before the first time.
  std::optional<absl::Time> at;
};

// Adds to a schema the step `version`: the table of the counts, and a first count that is due at once. The
// schedule knows it as `kind`, a name of lower case letters and `_`. A service has this step as a file, and a
// test that it says what is written here.
void KeepOfficeCounts(int version, const std::string& kind, std::vector<storage::Migration>* migrations);

// This is a count as it leaves the service; nullopt if it is withheld.
struct ShownTally {
  std::string label;
  std::optional<int64_t> count;
};

// Gives the counts whose labels begin with `table` and a slash; small cells among them are suppressed as
// suppress.h says.
std::vector<ShownTally> ShownTable(const Tallies& tallies, std::string_view table, int64_t small_cell);

// This reads the counts as they were counted last.
absl::StatusOr<OfficeCounts> ReadOfficeCounts(storage::Transaction& tx);

// This is what a sweeper does when `kind` is due: it replaces the counts by what `count` says now, and
// schedules the next count for the end of a period of so many calendar months; below 1 means 1.
std::function<absl::Status(storage::Transaction&, const std::string& name, absl::Time now)> CountAtPeriodEnds(
    std::string kind, int months, std::function<absl::StatusOr<Tallies>(storage::Transaction&)> count);

}  // namespace accord

#endif  // ACCORD_COMMON_AGGREGATES_OFFICE_COUNTS_H_
