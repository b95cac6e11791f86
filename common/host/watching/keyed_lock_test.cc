#include "common/host/watching/keyed_lock.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace accord::host {
namespace {

bool Never() { return false; }
bool Always() { return true; }

TEST(OneEach, LetsInOneOfEach) {
  KeyedLock place;
  EXPECT_TRUE(place.Enter("cas-a", Never));
  EXPECT_TRUE(place.Enter("cas-b", Never));
  EXPECT_FALSE(place.Enter("cas-a", Always));
  place.Leave("cas-a");
  EXPECT_TRUE(place.Enter("cas-a", Always));
  EXPECT_FALSE(place.Enter("cas-b", Always));
}

TEST(OneEach, LetsInWhoWaitsWhenThePlaceIsFree) {
  KeyedLock place;
  ASSERT_TRUE(place.Enter("cas-a", Never));
  std::atomic<int> inside{1}, most{1};
  std::vector<std::thread> others;
  for (int i = 0; i < 8; ++i) {
    others.emplace_back([&] {
      if (!place.Enter("cas-a", Never)) return;
      if (++inside > 1) most = 2;
      --inside;
      place.Leave("cas-a");
    });
  }
  --inside;
  place.Leave("cas-a");
  for (std::thread& other : others) other.join();
  EXPECT_EQ(inside, 0);
  EXPECT_EQ(most, 1);
  EXPECT_TRUE(place.Enter("cas-a", Always));
}

}  // namespace
}  // namespace accord::host
