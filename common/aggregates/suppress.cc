#include "common/aggregates/suppress.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace accord {

std::vector<std::optional<int64_t>> Suppress(const std::vector<int64_t>& cells, int64_t threshold) {
  std::vector<std::optional<int64_t>> shown(cells.begin(), cells.end());
  std::size_t hidden = 0;
  int64_t hidden_sum = 0;
  const auto hide = [&](std::size_t i) {
    shown[i].reset();
    ++hidden;
    hidden_sum += cells[i];
  };
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i] > 0 && cells[i] < threshold) hide(i);
  }
  // The others, smallest first and zeros last.
  std::vector<std::size_t> others;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (shown[i]) others.push_back(i);
  }
  std::sort(others.begin(), others.end(), [&](std::size_t a, std::size_t b) {
    return std::tuple(cells[a] == 0, cells[a], a) < std::tuple(cells[b] == 0, cells[b], b);
  });
  for (std::size_t i : others) {
    const bool given_away = hidden > 0 && (hidden == 1 || hidden_sum < threshold);
    if (!given_away) break;
    hide(i);
  }
  return shown;
}

}  // namespace accord
