#include "common/host/serving/workers.h"

#include <gmock/gmock.h>

#include <atomic>
#include <future>

#include "common/base/error.h"
#include "common/host/serving/stream_budget.h"
#include "common/testing/eventually.h"

namespace accord::host {
namespace {

FairQueue::Item Item(std::function<void()> run) {
  return {std::move(run), [](FairQueue::Full) { ADD_FAILURE() << "refused"; }};
}

TEST(Workers, ASlowMethodOfOneAgencyLeavesAWorkerToTheOthers) {
  std::promise<void> gate;
  const std::shared_future<void> open = gate.get_future().share();
  std::atomic<int> slow{0};
  Workers workers(3, {.running_of_one = 2});
  for (int i = 0; i < 5; ++i) {
    workers.Post("slow", Item([&] {
                   ++slow;
                   open.wait();
                 }));
  }
  for (int i = 0; i < 20; ++i) {
    std::promise<void> ran;
    workers.Post("good", Item([&] { ran.set_value(); }));
    ran.get_future().wait();
  }
  EXPECT_TRUE(testing::Eventually([&] { return slow == 2; }));
  gate.set_value();
  EXPECT_TRUE(testing::Eventually([&] { return slow == 5; }));
}

TEST(Workers, WhatWaitsStillRunsAtTheEnd) {
  std::atomic<int> ran{0};
  {
    Workers workers(4, {.running_of_one = 1});
    for (int i = 0; i < 100; ++i) {
      workers.Post("a", Item([&] { ++ran; }));
      workers.Post("b", Item([&] { ++ran; }));
    }
  }
  EXPECT_EQ(ran, 200);
}

TEST(Workers, TellWhatCallsCost) {
  Workers workers(1, {});
  std::promise<void> ran;
  workers.Post("a", Item([&] { ran.set_value(); }));
  ran.get_future().wait();
  EXPECT_TRUE(testing::Eventually([&] {
    const auto views = workers.Views();
    return views.size() == 1 && views[0].running == 0 && views[0].cost > absl::ZeroDuration();
  }));
}

TEST(StreamBudget, EachAgencyHasItsOwnAndAllShareOne) {
  StreamBudget streams(5, 3);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(streams.Open("a").ok());
  EXPECT_EQ(RuleOf(streams.Open("a")), "STREAMS_OF_AGENCY");
  EXPECT_TRUE(streams.Open("b").ok());
  EXPECT_TRUE(streams.Open("b").ok());
  EXPECT_EQ(RuleOf(streams.Open("b")), "SERVICE_BUSY");
  streams.Close("a");
  EXPECT_TRUE(streams.Open("b").ok());
  EXPECT_EQ(streams.Views()[0].open, 2);
  EXPECT_EQ(streams.Views()[0].refused_own, 1u);
  EXPECT_EQ(streams.Views()[1].refused_all, 1u);
}

}  // namespace
}  // namespace accord::host
