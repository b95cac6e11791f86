#include "common/aggregates/suppress.h"

#include <gtest/gtest.h>

#include <random>

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
  EXPECT_EQ(Suppress({4, 4, 90}, 5), (Shown{kHidden, kHidden, 90}));
  // Two that add up to less than the threshold would still be small together.
  EXPECT_EQ(Suppress({1, 1, 90, 50}, 5), (Shown{kHidden, kHidden, 90, kHidden}));
}

TEST(Suppress, WithNothingElseLeftZerosAreHiddenToo) {
  EXPECT_EQ(Suppress({2, 0, 0}, 5), (Shown{kHidden, kHidden, kHidden}));
}

// Whoever knows the shown cells and the sum cannot tell a small cell.
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
