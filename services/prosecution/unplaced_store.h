// Stores which records still have to be placed in the lists of seats, because they were stored before there
// were seats (cases/seats.h).
#ifndef ACCORD_SERVICES_PROSECUTION_UNPLACED_STORE_H_
#define ACCORD_SERVICES_PROSECUTION_UNPLACED_STORE_H_

#include <functional>
#include <set>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::prosecution {

// These are the kinds and names of accused, cases and link tokens that this process could not read.
using Unreadable = std::set<std::pair<std::string, std::string>>;
// Calls `place` with the kind and name of each accused, case and link token that was stored before there were
// seats. A record that was placed is not passed again. A record that cannot be read, or whose case cannot,
// holds up no other: it is logged, noted in `unreadable` and left as it is, and what is noted there is not
// tried. It returns how many were tried, at most `batch`.
absl::StatusOr<int> EachUnplaced(
    storage::Transaction& tx, int batch, Unreadable* unreadable,
    const std::function<absl::Status(const std::string& kind, const std::string& name)>& place);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_UNPLACED_STORE_H_
