#include "common/aggregates/suppress.h"

#include <algorithm>
#include <set>

namespace accord {

namespace {

// This is a summary of the hidden cells, which has what matters to a reader who knows the sum of all cells.
struct Hidden {
  std::size_t cells = 0;
  int64_t sum = 0, least = 0, most = 0;

  void Add(int64_t value) {
    least = cells == 0 ? value : std::min(least, value);
    most = cells == 0 ? value : std::max(most, value);
    ++cells;
    sum += value;
  }
  // This says whether the sum leaves a hidden cell only one possible value, or all hidden cells together
  // are small.
  bool GivenAway(int64_t threshold) const {
    if (cells == 0) return false;
    if (cells == 1 || sum < threshold) return true;
    const bool all_small = least > 0 && most < threshold;
    const auto count = static_cast<int64_t>(cells);
    // If all are small, their values are determined only if all are the smallest or all the largest
    // small value. Otherwise they are determined only if all are equal.
    return all_small ? sum == count || sum == count * (threshold - 1) : least == most;
  }
};

}  // namespace

std::vector<std::optional<int64_t>> Suppress(const std::vector<int64_t>& cells, int64_t threshold) {
  std::vector<std::optional<int64_t>> shown(cells.begin(), cells.end());
  Hidden hidden;
  const auto hide = [&](const auto& which) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (!shown[i] || !which(cells[i])) continue;
      shown[i].reset();
      hidden.Add(cells[i]);
    }
  };
  hide([threshold](int64_t cell) { return cell > 0 && cell < threshold; });
  // The other cells stand here, smallest first and zeros last. Equal cells are hidden together, so that the
  // shown cells do not reveal which one is hidden.
  std::set<int64_t> others;
  for (const auto& cell : shown) {
    if (cell && *cell > 0) others.insert(*cell);
  }
  for (int64_t value : others) {
    if (hidden.GivenAway(threshold)) hide([value](int64_t cell) { return cell == value; });
  }
  if (hidden.GivenAway(threshold)) hide([](int64_t cell) { return cell == 0; });
  return shown;
}

}  // namespace accord
