// Small cells of a table that leaves a service (docs/domain.md 1.6).
#ifndef ACCORD_COMMON_AGGREGATES_SUPPRESS_H_
#define ACCORD_COMMON_AGGREGATES_SUPPRESS_H_

#include <cstdint>
#include <optional>
#include <vector>

namespace accord {

// One row of cells whose sum may be known. A cell of 1 to threshold - 1 becomes nullopt; when the sum would
// give the suppressed ones away (one alone, or several that add up to less than `threshold`), the smallest of
// the others follow, and cells of zero only if nothing else is left.
std::vector<std::optional<int64_t>> Suppress(const std::vector<int64_t>& cells, int64_t threshold);

}  // namespace accord

#endif  // ACCORD_COMMON_AGGREGATES_SUPPRESS_H_
