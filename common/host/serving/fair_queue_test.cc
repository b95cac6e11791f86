#include "common/host/serving/fair_queue.h"

#include <gmock/gmock.h>

#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/testing/seed.h"

namespace accord::host {
namespace {

using ::testing::ElementsAre;

class Queue : public ::testing::Test {
 protected:
  // This gives an item that notes, in order, whether it was run or refused.
  FairQueue::Item Item(const std::string& what) {
    return {[this, what] { events_.push_back(what); },
            [this, what](FairQueue::Full full) {
              events_.push_back(absl::StrCat(what, full == FairQueue::Full::kLine ? " line" : " queue"));
            }};
  }
  void Push(FairQueue& queue, const std::string& who, const std::string& what) {
    if (auto refused = queue.Push(who, Item(what))) refused->item.refuse(refused->why);
  }
  // Takes and runs one call of this cost, and returns false if none may run.
  bool Run(FairQueue& queue, absl::Duration cost) {
    auto taken = queue.Take(now_);
    if (!taken) return false;
    taken->item.run();
    now_ += cost;
    queue.Done(*taken, {cost, cost}, now_);
    return true;
  }

  absl::Time now_ = absl::UnixEpoch();
  std::vector<std::string> events_;
};

TEST_F(Queue, CallsOfOneAgencyRunInTheirOrder) {
  FairQueue queue({});
  for (const char* what : {"1", "2", "3"}) Push(queue, "a", what);
  while (Run(queue, absl::Milliseconds(1))) {
  }
  EXPECT_THAT(events_, ElementsAre("1", "2", "3"));
  EXPECT_TRUE(queue.empty());
}

TEST_F(Queue, WhoComesLaterIsNextAfterWhoSentMuch) {
  FairQueue queue({});
  for (int i = 0; i < 100; ++i) Push(queue, "flood", "flood");
  for (int i = 0; i < 10; ++i) Run(queue, absl::Milliseconds(1));
  events_.clear();
  Push(queue, "good", "good");
  Run(queue, absl::Milliseconds(1));
  Run(queue, absl::Milliseconds(1));
  EXPECT_THAT(events_, ::testing::Contains("good"));
}

TEST_F(Queue, CostCountsAndNotCalls) {
  FairQueue queue({});
  std::map<std::string, absl::Duration> had;
  for (int i = 0; i < 250; ++i) {
    Push(queue, "dear", "dear");
    Push(queue, "cheap", "cheap");
  }
  for (int i = 0; i < 220; ++i) {
    auto taken = queue.Take(now_);
    ASSERT_TRUE(taken);
    events_.clear();
    taken->item.run();
    const absl::Duration cost = absl::Milliseconds(events_[0] == "dear" ? 50 : 1);
    had[events_[0]] += cost;
    now_ += cost;
    queue.Done(*taken, {cost, cost}, now_);
  }
  EXPECT_NEAR(absl::FDivDuration(had["dear"], had["cheap"]), 1, 0.5);
}

TEST_F(Queue, NobodySavesUpBySilence) {
  FairQueue queue({});
  Push(queue, "silent", "silent");
  Run(queue, absl::Milliseconds(1));
  for (int i = 0; i < 100; ++i) Push(queue, "busy", "busy");
  for (int i = 0; i < 50; ++i) Run(queue, absl::Milliseconds(10));
  for (int i = 0; i < 100; ++i) Push(queue, "silent", "silent");
  events_.clear();
  for (int i = 0; i < 20; ++i) Run(queue, absl::Milliseconds(10));
  EXPECT_NEAR(static_cast<double>(std::count(events_.begin(), events_.end(), "busy")), 10, 3);
}

TEST_F(Queue, DebtIsForgotten) {
  FairQueue queue({});
  Push(queue, "slow", "slow");
  Run(queue, absl::Minutes(1));
  now_ += 12 * FairQueue::kDebtHalves;
  for (int i = 0; i < 100; ++i) {
    Push(queue, "slow", "slow");
    Push(queue, "other", "other");
  }
  events_.clear();
  for (int i = 0; i < 40; ++i) Run(queue, absl::Milliseconds(10));
  EXPECT_GT(std::count(events_.begin(), events_.end(), "slow"), 15);
}

TEST_F(Queue, OneAgencyNeverHoldsEveryWorker) {
  FairQueue queue({.running_of_one = 2});
  for (int i = 0; i < 5; ++i) Push(queue, "slow", "slow");
  const auto first = queue.Take(now_), second = queue.Take(now_);
  ASSERT_TRUE(first && second);
  EXPECT_FALSE(queue.Take(now_));
  Push(queue, "good", "good");
  EXPECT_TRUE(queue.Take(now_));
  queue.Done(*first, {absl::Seconds(1), absl::ZeroDuration()}, now_ + absl::Seconds(1));
  EXPECT_TRUE(queue.Take(now_));
}

TEST_F(Queue, AgenciesWhoseCallsComputeForLongShareAFewWorkers) {
  FairQueue queue({.running_of_one = 3, .running_of_dear = 1});
  const auto taught = [&](const std::string& who, absl::Duration computed) {
    for (int i = 0; i < 20; ++i) {
      Push(queue, who, who);
      const auto taken = queue.Take(now_);
      queue.Done(*taken, {absl::Milliseconds(100), computed}, now_);
    }
  };
  for (const char* who : {"lists", "more lists"}) taught(who, absl::Milliseconds(60));
  // Waiting for a database or for another call does not count as computing.
  taught("waits", absl::Milliseconds(2));
  for (const char* who : {"lists", "more lists"}) {
    for (int i = 0; i < 3; ++i) Push(queue, who, who);
  }
  const auto first = queue.Take(now_), second = queue.Take(now_);
  ASSERT_TRUE(first && second);
  EXPECT_NE(first->line, second->line) << "none waits for what another holds";
  EXPECT_FALSE(queue.Take(now_));
  for (int i = 0; i < 3; ++i) Push(queue, "waits", "waits");
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(queue.Take(now_));
  queue.Done(*first, {absl::Milliseconds(100), absl::Milliseconds(60)}, now_);
  EXPECT_TRUE(queue.Take(now_));
  EXPECT_FALSE(queue.Take(now_));
}

TEST_F(Queue, AgenciesWhoseCallsComputeForLongRestAsLongWhileOthersCall) {
  FairQueue queue({.running_of_one = 3, .running_of_dear = 1, .dear_rest = true});
  const absl::Duration cost = absl::Milliseconds(60);
  for (int i = 0; i < 40; ++i) Push(queue, "lists", "lists");
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(Run(queue, cost)) << "nobody else calls";
  EXPECT_EQ(queue.Wakes(now_), absl::InfiniteFuture());
  Push(queue, "good", "good");
  ASSERT_TRUE(Run(queue, absl::Milliseconds(1)));
  EXPECT_FALSE(Run(queue, cost));
  const absl::Time wakes = queue.Wakes(now_);
  EXPECT_EQ(wakes, now_ + cost - absl::Milliseconds(1));
  now_ = wakes - absl::Milliseconds(1);
  EXPECT_FALSE(Run(queue, cost));
  Push(queue, "good", "good");
  EXPECT_TRUE(Run(queue, absl::Milliseconds(1))) << "nobody else rests";
  EXPECT_TRUE(Run(queue, cost));
  EXPECT_FALSE(Run(queue, cost));
  // A second after the others' last call the line is alone again. A clock that is set back delays nobody.
  now_ += FairQueue::kCompany;
  EXPECT_TRUE(Run(queue, cost));
  EXPECT_TRUE(Run(queue, cost));
  Push(queue, "good", "good");
  ASSERT_TRUE(Run(queue, absl::Milliseconds(1)));
  EXPECT_FALSE(Run(queue, cost));
  now_ -= absl::Hours(1);
  EXPECT_TRUE(Run(queue, cost));
}

TEST_F(Queue, AnAgencyWhoseCallsBecomeCheapIsFreeAgain) {
  FairQueue queue({.running_of_one = 3, .running_of_dear = 1});
  const auto run = [&](absl::Duration computed) {
    for (int i = 0; i < 40; ++i) {
      Push(queue, "a", "a");
      const auto taken = queue.Take(now_);
      queue.Done(*taken, {computed, computed}, now_);
    }
  };
  run(absl::Milliseconds(60));
  for (int i = 0; i < 3; ++i) Push(queue, "a", "a");
  auto first = queue.Take(now_);
  EXPECT_FALSE(queue.Take(now_));
  for (int i = 0; i < 2; ++i) {
    queue.Done(*first, {absl::Milliseconds(1), absl::Milliseconds(1)}, now_);
    first = queue.Take(now_);
  }
  queue.Done(*first, {absl::Milliseconds(1), absl::Milliseconds(1)}, now_);
  run(absl::Milliseconds(1));
  for (int i = 0; i < 2; ++i) Push(queue, "a", "a");
  EXPECT_TRUE(queue.Take(now_) && queue.Take(now_));
}

TEST_F(Queue, TheNewestCallOfALongLineIsRefused) {
  FairQueue queue({.waiting_of_one = 2});
  for (const char* what : {"1", "2", "3"}) Push(queue, "a", what);
  Push(queue, "b", "other");
  EXPECT_THAT(events_, ElementsAre("3 line"));
  EXPECT_EQ(queue.Views()[0].refused_line, 1u);
}

TEST_F(Queue, AFullQueueStillHasRoomForWhoSentLess) {
  FairQueue queue({.waiting = 4});
  for (const char* what : {"a1", "a2", "a3", "a4"}) Push(queue, "a", what);
  Push(queue, "a", "a5");
  Push(queue, "b", "b1");
  Push(queue, "b", "b2");
  Push(queue, "b", "b3");
  EXPECT_THAT(events_, ElementsAre("a5 queue", "a4 queue", "a3 queue", "b3 queue"));
  events_.clear();
  while (Run(queue, absl::Milliseconds(1))) {
  }
  EXPECT_THAT(events_, ::testing::UnorderedElementsAre("a1", "a2", "b1", "b2"));
}

// This is a service in virtual time. It has floods that always have as many waiting calls as they may, and
// one well-behaved agency that calls, pauses, and calls again.
class Simulation {
 public:
  Simulation(unsigned seed, int workers, int floods, std::size_t load)
      : random_(seed),
        workers_(workers),
        floods_(floods),
        load_(load),
        queue_({.waiting = 1024, .waiting_of_one = 256, .running_of_one = std::max(1, workers - 1)}) {}

  // This gives the largest number of other calls that began while one call of the well-behaved agency waited.
  int MostOvertaking(int calls) {
    int most = 0;
    for (int i = 0; i < calls; ++i) most = std::max(most, OneGoodCall());
    return most;
  }
  bool refused_good() const { return refused_good_; }

 private:
  struct Running {
    absl::Time end;
    bool operator<(const Running& other) const { return end < other.end; }
    std::shared_ptr<FairQueue::Taken> taken;
    absl::Duration cost;
  };

  int OneGoodCall() {
    // The pause is so long that the agency uses less than its share of the workers.
    const absl::Time calls_at = now_ + good_cost_ * (2.0 * (floods_ + 1));
    while (now_ < calls_at) Step();
    started_ = false;
    overtaking_ = 0;
    const auto refused = queue_.Push("good", {[this] { started_ = true; }, [](FairQueue::Full) {}});
    refused_good_ = refused_good_ || (refused && refused->why == FairQueue::Full::kLine);
    while (!started_) Step();
    return overtaking_;
  }

  // This fills the lines and the workers, and advances to the next end of a call.
  void Step() {
    for (int f = 0; f < floods_; ++f) {
      auto& waiting = waiting_[f];
      while (waiting < load_) {
        ++waiting;
        const auto refused = queue_.Push(absl::StrCat("flood-", f), {[this, f] {
                                                                       --waiting_[f];
                                                                       if (!started_) ++overtaking_;
                                                                     },
                                                                     [](FairQueue::Full) {}});
        if (refused) {
          --waiting;
          break;
        }
      }
    }
    while (static_cast<int>(running_.size()) < workers_) {
      auto taken = queue_.Take(now_);
      if (!taken) break;
      taken->item.run();
      const absl::Duration cost = Cost();
      if (taken->line->view.who == "good") good_cost_ = cost;
      running_.insert({now_ + cost, std::make_shared<FairQueue::Taken>(*std::move(taken)), cost});
    }
    if (running_.empty()) {
      now_ += absl::Milliseconds(1);
      return;
    }
    const Running next = *running_.begin();
    running_.erase(running_.begin());
    now_ = std::max(now_, next.end);
    queue_.Done(*next.taken, {next.cost, next.cost}, now_);
  }

  absl::Duration Cost() { return absl::Microseconds(500 + random_() % 20'000); }

  std::mt19937 random_;
  const int workers_, floods_;
  const std::size_t load_;
  FairQueue queue_;
  std::multiset<Running> running_;
  std::map<int, std::size_t> waiting_;
  absl::Time now_ = absl::UnixEpoch();
  absl::Duration good_cost_ = absl::Milliseconds(1);
  bool started_ = true, refused_good_ = false;
  int overtaking_ = 0;
};

// The number of others' calls that begin before the well-behaved agency's call depends on how many
// other agencies and workers there are, not on how much the others send.
TEST(FairQueueProperty, AFloodDoesNotLengthenAnothersWait) {
  const unsigned seed = testing::SeedOr(0);
  SCOPED_TRACE(absl::StrCat("ACCORD_SEED=", seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 40; ++round) {
    const int workers = 1 + static_cast<int>(random() % 8), floods = 1 + static_cast<int>(random() % 5);
    const unsigned same = random();
    for (const std::size_t load : {std::size_t{1}, std::size_t{10}, std::size_t{100}, std::size_t{1000}}) {
      Simulation simulation(same, workers, floods, load);
      EXPECT_LE(simulation.MostOvertaking(50), workers + floods)
          << "workers " << workers << " floods " << floods << " load " << load;
      EXPECT_FALSE(simulation.refused_good());
    }
  }
}

}  // namespace
}  // namespace accord::host
