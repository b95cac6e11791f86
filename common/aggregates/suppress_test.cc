#include "common/aggregates/suppress.h"

#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <random>
#include <set>
#include <utility>

namespace accord {
namespace {

using Shown = std::vector<std::optional<int64_t>>;
constexpr std::nullopt_t kHidden = std::nullopt;

TEST(Suppress, LargeCellsAndZerosAreShown) {
  EXPECT_EQ(Suppress({5, 0, 17}, 5), (Shown{5, 0, 17}));
  EXPECT_EQ(Suppress({}, 5), Shown{});
}

TEST(Suppress, OneSmallCellTakesTheSmallestOtherWithIt) {
  EXPECT_EQ(Suppress({40, 3, 7, 0}, 5), (Shown{40, kHidden, kHidden, 0}));
}

TEST(Suppress, ManySmallCellsHideEachOther) {
  EXPECT_EQ(Suppress({3, 4, 90}, 5), (Shown{kHidden, kHidden, 90}));
  // Two hidden cells that add up to less than the threshold would still be small together.
  EXPECT_EQ(Suppress({1, 1, 90, 50}, 5), (Shown{kHidden, kHidden, 90, kHidden}));
}

TEST(Suppress, WithNothingElseLeftZerosAreHiddenToo) {
  EXPECT_EQ(Suppress({2, 0, 0}, 5), (Shown{kHidden, kHidden, kHidden}));
}

TEST(Suppress, WhatFollowsExactlyFromTheSumIsHiddenFurther) {
  EXPECT_EQ(Suppress({1, 1, 1, 1, 1, 20}, 5), (Shown{kHidden, kHidden, kHidden, kHidden, kHidden, kHidden}));
  EXPECT_EQ(Suppress({4, 4, 90}, 5), (Shown{kHidden, kHidden, kHidden}));
  EXPECT_EQ(Suppress({4, 4, 90, 70}, 5), (Shown{kHidden, kHidden, 90, kHidden}));
}

// Enumerates every small table as a reader sees it who knows the sum, the shown cells and this
// algorithm. For each hidden cell, two tables that look the same must differ in it, unless the
// whole row is hidden, including its sum.
void NoCellHasOneSolution(std::size_t width, int64_t most, int64_t threshold) {
  std::map<std::pair<Shown, int64_t>, std::vector<std::set<int64_t>>> alike;
  std::vector<int64_t> cells(width);
  bool more = true;
  while (more) {
    const Shown shown = Suppress(cells, threshold);
    auto& values = alike[{shown, std::accumulate(cells.begin(), cells.end(), int64_t{0})}];
    values.resize(width);
    for (std::size_t i = 0; i < width; ++i) values[i].insert(cells[i]);
    std::size_t i = 0;
    while (i < width && ++cells[i] > most) cells[i++] = 0;
    more = i < width;
  }
  int looked_at = 0;
  for (const auto& [look, values] : alike) {
    const auto& [shown, sum] = look;
    if (std::none_of(shown.begin(), shown.end(), [](const auto& cell) { return cell.has_value(); })) continue;
    ++looked_at;
    for (std::size_t i = 0; i < width; ++i) {
      ASSERT_TRUE(shown[i] || values[i].size() > 1) << "cell " << i << " of " << width << ", sum " << sum;
    }
  }
  EXPECT_GT(looked_at, 0) << "nothing is shown of any table";
}

TEST(Suppress, NoCellOfAnySmallTableHasOneSolution) {
  NoCellHasOneSolution(3, 12, 5);
  NoCellHasOneSolution(4, 8, 5);
  NoCellHasOneSolution(5, 5, 3);
}

// The shown cells and the sum must not determine a small cell.
TEST(Suppress, NoSmallCellFollowsFromTheSum) {
  std::mt19937 random(20170223);
  for (int round = 0; round < 20000; ++round) {
    std::vector<int64_t> cells(2 + random() % 6);
    for (auto& cell : cells) cell = static_cast<int64_t>(random() % 12);
    const auto shown = Suppress(cells, 5);
    int64_t hidden = 0, sum = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (shown[i]) {
        ASSERT_TRUE(*shown[i] == 0 || *shown[i] >= 5) << "round " << round;
        ASSERT_EQ(*shown[i], cells[i]);
      } else {
        ++hidden;
        sum += cells[i];
      }
    }
    const bool all = hidden == static_cast<int64_t>(cells.size());
    ASSERT_TRUE(hidden == 0 || all || (hidden >= 2 && sum >= 5)) << "round " << round;
  }
}

}  // namespace
}  // namespace accord
