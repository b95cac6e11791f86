// These tests are about how events wait between the thread that reads them and the one that works them off.
#include "clients/connector/events_ahead.h"

#include <gmock/gmock.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

namespace accord::connector {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(EventsAhead, AreTakenTogetherAndInOrder) {
  EventsAhead<int> ahead(10);
  for (int i = 1; i <= 3; ++i) EXPECT_TRUE(ahead.Put(i));
  EXPECT_THAT(ahead.TakeAll(), ElementsAre(1, 2, 3));
  EXPECT_TRUE(ahead.Put(4));
  ahead.End(nullptr);
  EXPECT_THAT(ahead.TakeAll(), ElementsAre(4));
  EXPECT_THAT(ahead.TakeAll(), IsEmpty());
}

TEST(EventsAhead, AreNoMoreThanThereIsRoomFor) {
  EventsAhead<int> ahead(2);
  std::atomic<int> put{0};
  std::thread reader([&] {
    for (int i = 1; i <= 5; ++i) {
      if (ahead.Put(i)) ++put;
    }
    ahead.End(nullptr);
  });
  std::vector<int> all;
  for (std::vector<int> some = ahead.TakeAll(); !some.empty(); some = ahead.TakeAll()) {
    EXPECT_LE(some.size(), 2u);
    all.insert(all.end(), some.begin(), some.end());
  }
  reader.join();
  EXPECT_EQ(put, 5);
  EXPECT_THAT(all, ElementsAre(1, 2, 3, 4, 5));
}

TEST(EventsAhead, AreTakenBeforeTheErrorThatEndedThem) {
  EventsAhead<int> ahead(2);
  EXPECT_TRUE(ahead.Put(1));
  ahead.End(std::make_exception_ptr(std::runtime_error("refused")));
  EXPECT_THAT(ahead.TakeAll(), ElementsAre(1));
  EXPECT_THROW(ahead.TakeAll(), std::runtime_error);
}

TEST(EventsAhead, HoldNobodyUpOnceNobodyTakesAnyMore) {
  EventsAhead<int> ahead(1);
  EXPECT_TRUE(ahead.Put(1));
  std::thread reader([&] { EXPECT_FALSE(ahead.Put(2)); });
  ahead.Close();
  reader.join();
  EXPECT_FALSE(ahead.Put(3));
}

}  // namespace
}  // namespace accord::connector
