#include "services/gateway/http2/event_loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace accord::gateway {
namespace {

using ::testing::ElementsAre;

TEST(EventLoop, RunsAFewOfThoseInLineEachTurnAndEverybodyElseBetweenThem) {
  EventLoop loop;
  std::vector<int> ran;
  int turns = 0;
  std::function<void()> every_turn = [&] {
    ++turns;
    loop.Post(every_turn);
  };
  loop.Post(every_turn);
  for (int i = 0; i < 10; ++i) {
    loop.InLine([&, i] {
      ran.push_back(i);
      if (i == 9) loop.Stop();
    });
  }
  loop.Run();
  EXPECT_THAT(ran, ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
  EXPECT_EQ(turns, 3);
}

}  // namespace
}  // namespace accord::gateway
