#include "services/gateway/http2/event_loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace accord::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

TEST(EventLoop, RunsAFewOfThoseInLineEachTurnAndEverybodyElseBetweenThem) {
  EventLoop loop;
  std::vector<int> ran;
  std::map<int, int> of_turn;
  int turns = 0;
  std::function<void()> every_turn = [&] {
    ++turns;
    loop.Post(every_turn);
  };
  loop.Post(every_turn);
  for (int i = 0; i < 10; ++i) {
    loop.QueueByAddress("a", false, [&, i] {
      ran.push_back(i);
      ++of_turn[turns];
      if (ran.size() == 10) loop.Stop();
    });
  }
  loop.Run();
  EXPECT_THAT(ran, ElementsAre(0, 9, 1, 8, 2, 7, 3, 6, 4, 5));
  // It is three turns, and more where the line rested.
  EXPECT_GE(turns, 3);
  for (const auto& [turn, count] : of_turn) EXPECT_LE(count, 4) << turn;
}

TEST(EventLoop, WhatCostsMuchInLineRunsAloneInItsTurnAndLeavesAsMuchTimeToOthers) {
  using std::chrono::steady_clock;
  constexpr auto kCost = std::chrono::milliseconds(3);
  EventLoop loop;
  std::vector<std::pair<steady_clock::time_point, steady_clock::time_point>> ran;
  for (int i = 0; i < 4; ++i) {
    loop.QueueByAddress("a", false, [&, i] {
      const auto began = steady_clock::now();
      while (steady_clock::now() - began < kCost) {
      }
      ran.emplace_back(began, steady_clock::now());
      if (ran.size() == 4) loop.Stop();
    });
  }
  loop.Run();
  ASSERT_EQ(ran.size(), 4U);
  for (std::size_t i = 1; i < ran.size(); ++i) EXPECT_GE(ran[i].first - ran[i - 1].second, kCost) << i;
}

TEST(EventLoop, InLineEachAddressHasItsTurn) {
  EventLoop loop;
  std::string ran;
  const auto enter = [&](const char* address) {
    loop.QueueByAddress(address, false, [&, address] {
      ran += address;
      if (ran.size() == 66) loop.Stop();
    });
  };
  for (int i = 0; i < 64; ++i) enter("a");
  loop.QueueByAddress("b", false, [&] {
    ran += "b";
    enter("c");
  });
  loop.Run();
  EXPECT_EQ(ran.size(), 66U);
  EXPECT_THAT(ran, StartsWith("abaca"));
}

TEST(EventLoop, WhoLeftTheLineHoldsUpNobody) {
  EventLoop loop;
  int turns = 0;
  std::function<void()> every_turn = [&] {
    ++turns;
    loop.Post(every_turn);
  };
  loop.Post(every_turn);
  std::vector<FairLine::Place> places;
  bool ran = false;
  for (int i = 0; i < 1000; ++i) places.push_back(loop.QueueByAddress("a", false, [&] { ran = true; }));
  loop.QueueByAddress("a", false, [&] { loop.Stop(); });
  for (const FairLine::Place& place : places) loop.LeaveQueue(place);
  loop.Run();
  EXPECT_FALSE(ran);
  // If each were counted, it would be 250.
  EXPECT_LT(turns, 100);
}

}  // namespace
}  // namespace accord::gateway
