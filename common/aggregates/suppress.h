// Small cells of a table that leaves a service (docs/domain.md 1.6).
#ifndef ACCORD_COMMON_AGGREGATES_SUPPRESS_H_
#define ACCORD_COMMON_AGGREGATES_SUPPRESS_H_

#include <cstdint>
#include <optional>
#include <vector>

namespace accord {

// One row of cells whose sum may be known, from another row too. A cell of 1 to threshold - 1 becomes
// nullopt; while the sum would give a hidden cell away (one alone, several that add up to less than
// `threshold`, or only one solution), the smallest of the others follow, equal ones together, and cells of
// zero last. A row that is hidden whole tells no sum either.
std::vector<std::optional<int64_t>> Suppress(const std::vector<int64_t>& cells, int64_t threshold);

}  // namespace accord

#endif  // ACCORD_COMMON_AGGREGATES_SUPPRESS_H_
