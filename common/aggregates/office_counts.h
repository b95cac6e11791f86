// These are the counts of all agencies' records that the coordination office is shown. They are taken at the
// end of a period, so that two answers before and after one person's step are the same (docs/domain.md 1.6).
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

// These are the numbers of records under each label, for example `stage/bail`. No label is empty or
// occurs twice.
using Tallies = std::vector<std::pair<std::string, int64_t>>;

struct OfficeCounts {
  // They are ordered by label.
  Tallies tallies;
  // This is the time at which the records were counted; it is nullopt before the first time.
  std::optional<absl::Time> at;
};

// This adds the migration `version` to a schema, which makes the table of the counts and a first count that
// is due at once. The schedule knows the count as `kind`, a name of lower case letters and `_`. A service
// keeps the same migration as a file, and a test compares that file with what is written here.
void KeepOfficeCounts(int version, const std::string& kind, std::vector<storage::Migration>* migrations);

// This is a count as it leaves the service; it is nullopt if it is withheld.
struct ShownTally {
  std::string label;
  std::optional<int64_t> count;
};

// This gives the counts whose labels begin with `table` and a slash. Small cells among them are suppressed as
// suppress.h describes.
std::vector<ShownTally> ShownTable(const Tallies& tallies, std::string_view table, int64_t small_cell);

// This reads the counts as they were last taken.
absl::StatusOr<OfficeCounts> ReadOfficeCounts(storage::Transaction& tx);

// This gives the function that a sweeper calls when `kind` is due: it replaces the stored counts by those
// that `count` returns, and schedules the next count for the end of a period of `months` calendar months; a
// value below 1 means 1.
std::function<absl::Status(storage::Transaction&, const std::string& name, absl::Time now)> CountAtPeriodEnds(
    std::string kind, int months, std::function<absl::StatusOr<Tallies>(storage::Transaction&)> count);

}  // namespace accord

#endif  // ACCORD_COMMON_AGGREGATES_OFFICE_COUNTS_H_
