// This suppresses small cells in a table that leaves a service (docs/domain.md 1.6).
#ifndef ACCORD_COMMON_AGGREGATES_SUPPRESS_H_
#define ACCORD_COMMON_AGGREGATES_SUPPRESS_H_

#include <cstdint>
#include <optional>
#include <vector>

namespace accord {

// This suppresses cells of one row whose sum the reader may know, perhaps from another row. A cell of 1 to
// threshold - 1 becomes nullopt. While the sum would still reveal a hidden cell (only one is hidden, the
// hidden ones add up to less than `threshold`, or there is only one solution), the smallest of the other
// cells are hidden too: equal cells together, and cells of zero last. If a whole row is hidden, its sum must
// not be shown either.
std::vector<std::optional<int64_t>> Suppress(const std::vector<int64_t>& cells, int64_t threshold);

}  // namespace accord

#endif  // ACCORD_COMMON_AGGREGATES_SUPPRESS_H_
