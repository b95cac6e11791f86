#include "common/storage/records/feed.h"

#include <gmock/gmock.h>

#include <atomic>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/storage/records/gone.h"
#include "common/storage/testing/fixture.h"
#include "common/testing/eventually.h"

namespace accord::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class Feed : public Storage {
 protected:
  static absl::Status Store(Transaction& tx, const std::string& name) {
    return StoreEvent(tx, {.kind = "thing", .name = name, .version = 1, .at = absl::FromUnixMicros(1)}, "r");
  }
  void Put(const std::string& name) {
    ASSERT_OK(database_->Transact([&](Transaction& tx) { return Store(tx, name); }));
  }
  // This gives what a reader learns that continues after `position_`.
  std::vector<std::string> Learn() {
    EXPECT_OK(NumberEvents(database_.get(), 1000));
    const auto events = Must(
        database_->Read([&](Transaction& tx) { return EventsOf(tx, {.after = position_, .limit = 1000}); }));
    std::vector<std::string> names;
    for (const auto& event : events) {
      EXPECT_EQ(event.place.position, ++position_) << "a gap, or out of order";
      names.push_back(event.name);
    }
    return names;
  }

  int64_t position_ = 0;
};

using PostgresFeed = Feed;

TEST_P(PostgresFeed, WhatCommitsLateIsLearntLate) {
  const absl::Status late = database_->Transact([&](Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(tx.Exec("insert into counter (name, value) values ('open', 1)").status());
    Put("first");
    ACCORD_RETURN_IF_ERROR(Store(tx, "late"));
    Put("second");
    EXPECT_THAT(Learn(), ElementsAre("first", "second"));
    return absl::OkStatus();
  });
  ASSERT_OK(late);
  EXPECT_THAT(Learn(), ElementsAre("late"));
}

TEST_P(PostgresFeed, NumbersThatWereTakenInAnotherOrderSkipNothing) {
  // The second of the two transactions takes the first number and ends last.
  const absl::Status outer = database_->Transact([&](Transaction& first) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(first.Exec("insert into counter (name, value) values ('first', 1)").status());
    const absl::Status inner = database_->Transact([&](Transaction& second) -> absl::Status {
      ACCORD_RETURN_IF_ERROR(Store(second, "low number"));
      ACCORD_RETURN_IF_ERROR(Store(first, "high number"));
      return absl::OkStatus();
    });
    EXPECT_OK(inner);
    EXPECT_THAT(Learn(), ElementsAre("low number"));
    return absl::OkStatus();
  });
  ASSERT_OK(outer);
  EXPECT_THAT(Learn(), ElementsAre("high number"));
}

TEST_P(PostgresFeed, AStrangersOpenTransactionDelaysNothing) {
  const absl::Status stranger = database_->Transact([&](Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(tx.Exec("insert into counter (name, value) values ('open', 1)").status());
    Put("told");
    EXPECT_THAT(Learn(), ElementsAre("told"));
    return absl::OkStatus();
  });
  EXPECT_OK(stranger);
}

TEST_P(PostgresFeed, WhoStopsInTheMiddleLosesItsTurn) {
  constexpr int64_t kTurn = 42;
  std::atomic<bool> holds{false}, others_done{false};
  std::thread stopped([&] {
    (void)database_->InTurn(kTurn, [&](Transaction&) -> absl::Status {
      if (holds.exchange(true)) return absl::CancelledError("not again");
      EXPECT_TRUE(accord::testing::Eventually([&] { return others_done.load(); }));
      return absl::OkStatus();
    });
  });
  ASSERT_TRUE(accord::testing::Eventually([&] { return holds.load(); }));
  EXPECT_OK(
      database_->InTurn(kTurn, [](Transaction& tx) { return tx.Exec("delete from counter").status(); }));
  others_done = true;
  stopped.join();
}

INSTANTIATE_TEST_SUITE_P(Databases, PostgresFeed, ::testing::Values("postgres"));

// Services are schemas of one database. A service that waited for another one's lock would miss its own time.
TEST(Turns, OfAnotherSchemaOfTheSameDatabaseAreWaitedForByNobody) {
  const std::string dsn = accord::testing::PostgresCluster::Shared().NewDatabase();
  const auto open = [&](const std::string& role) {
    return Must(Database::Open({absl::StrReplaceAll(dsn, {{"accord@", role + "@"}}), 2}));
  };
  const auto superuser = open("accord");
  for (const char* role : {"turn_one", "turn_two"}) {
    for (const std::string& statement : {absl::StrCat("create role ", role, " login"),
                                         absl::StrCat("create schema ", role, " authorization ", role),
                                         absl::StrCat("alter role ", role, " set search_path = ", role)}) {
      ASSERT_OK(superuser->Transact([&](Transaction& tx) { return tx.Exec(statement).status(); }));
    }
  }
  const auto one = open("turn_one"), two = open("turn_two");
  int runs = 0;
  const absl::Status both = one->InTurn(7, [&](Transaction&) -> absl::Status {
    ++runs;
    return two->InTurn(7, [](Transaction&) { return absl::OkStatus(); });
  });
  EXPECT_OK(both);
  EXPECT_EQ(runs, 1);
}

class AnyFeed : public Feed {};

TEST_P(AnyFeed, WhatRollsBackLeavesNoGap) {
  Put("a");
  EXPECT_FALSE(database_
                   ->Transact([&](Transaction& tx) -> absl::Status {
                     ACCORD_RETURN_IF_ERROR(Store(tx, "never"));
                     return absl::CancelledError("");
                   })
                   .ok());
  Put("b");
  EXPECT_THAT(Learn(), ElementsAre("a", "b"));
  EXPECT_THAT(Learn(), IsEmpty());
}

TEST_P(AnyFeed, WhatTheVersionBeforeStoresIsNumberedToo) {
  Put("new");
  ASSERT_OK(database_->Transact([](Transaction& tx) {
    return tx.Exec(
        "insert into event (kind, name, owner, state, at_us, request_id, tx) values "
        "('thing', 'old', '', '', 1, 'r', 0)");
  }));
  EXPECT_THAT(Learn(), ElementsAre("new", "old"));
}

TEST_P(AnyFeed, ManyThatNumberAtOnceGiveEachPositionOnce) {
  constexpr int kWriters = 3, kEach = 40;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([this, writer] {
      for (int i = 0; i < kEach; ++i) {
        Put(std::to_string(writer) + "-" + std::to_string(i));
        EXPECT_OK(NumberEvents(database_.get(), 5));
      }
    });
  }
  std::vector<std::string> learnt;
  const auto all = [&] {
    for (auto& name : Learn()) learnt.push_back(std::move(name));
    return learnt.size() == kWriters * kEach;
  };
  EXPECT_TRUE(accord::testing::Eventually(all));
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(std::set<std::string>(learnt.begin(), learnt.end()).size(), learnt.size());
}

TEST_P(AnyFeed, TellsWhoSeesWhatChanged) {
  Put("seen");
  Put("hidden");
  ASSERT_OK(database_->Transact([](Transaction& tx) {
    return tx.Exec(
        "insert into visible (kind, agency, field, value, name) values "
        "('thing', 'a', '', '', 'seen'), ('thing', '*', '', '', 'seen'), "
        "('thing', 'b', 'state', 'x', 'seen')");
  }));
  Learn();
  const auto events = database_->Read([](Transaction& tx) { return EventsForAll(tx, 0, 10); });
  ASSERT_OK(events);
  ASSERT_EQ(events->size(), 2u);
  EXPECT_THAT((*events)[0].viewers, UnorderedElementsAre("a", "*"));
  EXPECT_THAT((*events)[1].viewers, IsEmpty());
}

TEST_P(AnyFeed, TellsWhoChangedWhatByWhichCall) {
  ASSERT_OK(database_->Transact([](Transaction& tx) {
    return StoreEvent(tx,
                      {.kind = "thing",
                       .name = "one",
                       .version = 1,
                       .at = absl::FromUnixMicros(1),
                       .agency = "cas-york",
                       .act = "accord.test.v1.ThingService.CloseThing"},
                      "r");
  }));
  Put("by time");
  Learn();
  const auto of_one = Must(database_->Read([](Transaction& tx) { return EventsOf(tx, {}); }));
  const auto for_all = Must(database_->Read([](Transaction& tx) { return EventsForAll(tx, 0, 10); }));
  for (const auto& events : {of_one, for_all}) {
    ASSERT_EQ(events.size(), 2u);
    EXPECT_EQ(events[0].agency, "cas-york");
    EXPECT_EQ(events[0].act, "accord.test.v1.ThingService.CloseThing");
    EXPECT_EQ(events[1].act, "");
  }
}

TEST_P(AnyFeed, AWholeAgencyIsToldWhatItsPeopleSee) {
  for (const char* name : {"plain", "director's", "neighbour's", "counted", "office's"}) Put(name);
  ASSERT_OK(database_->Transact([](Transaction& tx) {
    return tx.Exec(
        "insert into visible (kind, agency, field, value, name) values ('thing', 'a', '', '', 'plain'), "
        "('thing', 'a#director', '', '', 'director''s'), ('thing', 'a-b', '', '', 'neighbour''s'), "
        "('thing', 'a#clerk', 'state', 'x', 'counted'), ('thing', '#office', '', '', 'office''s')");
  }));
  Learn();
  const auto told = [&](const FeedQuery& query) {
    std::vector<std::string> names;
    for (const auto& event : Must(database_->Read([&](Transaction& tx) { return EventsOf(tx, query); }))) {
      names.push_back(event.name);
    }
    return names;
  };
  EXPECT_THAT(told({.viewer = "a"}), ElementsAre("plain"));
  EXPECT_THAT(told({.viewer = "a", .whole_agency = true}), ElementsAre("plain", "director's"));
  EXPECT_THAT(told({.viewer = "a", .also = "#office"}), ElementsAre("plain", "office's"));
}

TEST_P(AnyFeed, WhoFollowsARecordWithoutSeeingItIsToldOfItByTheFeedOfAWholeAgencyAlone) {
  Put("one");
  for (int twice = 0; twice < 2; ++twice) {
    ASSERT_OK(database_->Transact([](Transaction& tx) { return LetFollow(tx, "thing", "one", {"a", "b"}); }));
  }
  Learn();
  const auto told = [&](const FeedQuery& query) {
    return Must(database_->Read([&](Transaction& tx) { return EventsOf(tx, query); })).size();
  };
  EXPECT_EQ(told({.viewer = "a"}), 0u);
  EXPECT_EQ(told({.viewer = "a", .whole_agency = true}), 1u);
  EXPECT_EQ(told({.viewer = "c", .whole_agency = true}), 0u);
  const auto all = Must(database_->Read([](Transaction& tx) { return EventsForAll(tx, 0, 10); }));
  ASSERT_EQ(all.size(), 1u);
  EXPECT_THAT(all[0].viewers, IsEmpty());
  EXPECT_THAT(all[0].followers, UnorderedElementsAre("a", "b"));
}

TEST_P(AnyFeed, WhoLostARecordIsToldItsNameByOneEventAlone) {
  Put("one");
  const auto tell = [&] {
    return database_->Transact([](Transaction& tx) {
      return TellGone(tx, "thing", "one", Gone::kRecalled, {"a"}, absl::FromUnixMicros(2));
    });
  };
  ASSERT_OK(tell());
  ASSERT_OK(tell()) << "it may be told again";
  Learn();
  const auto seen_by = [&](const FeedQuery& query) {
    return Must(database_->Read([&](Transaction& tx) { return EventsOf(tx, query); }));
  };
  EXPECT_THAT(seen_by({.viewer = "a"}), IsEmpty()) << "whoever follows a kind is told what it may read";
  EXPECT_THAT(seen_by({.viewer = "b", .whole_agency = true}), IsEmpty());
  const auto told = seen_by({.viewer = "a", .whole_agency = true});
  ASSERT_EQ(told.size(), 2u) << "and not of what the record was";
  EXPECT_TRUE(TellsThatItIsGone(told[0]) && TellsThatItIsGone(told[1]));
  const auto all = Must(database_->Read([](Transaction& tx) { return EventsForAll(tx, 0, 10); }));
  ASSERT_EQ(all.size(), 3u);
  EXPECT_FALSE(TellsThatItIsGone(all[0]));
  EXPECT_THAT(all[0].followers, IsEmpty());
  EXPECT_THAT(all[1].followers, ElementsAre("a"));
  EXPECT_THAT(all[1].viewers, IsEmpty());
  const auto gone_from = [&](const char* viewer) {
    return Must(database_->Read([&](Transaction& tx) { return GoneFrom(tx, "thing", "one", viewer); }));
  };
  EXPECT_EQ(gone_from("a"), Gone::kRecalled);
  EXPECT_EQ(gone_from("b"), std::nullopt);
}

TEST_P(AnyFeed, KnowsItsOwnPlacesAlone) {
  const auto last = [&] { return *database_->Read(LastPlace); };
  const auto knows = [&](const Place& place) {
    return *database_->Read([&](Transaction& tx) { return KnowsPlace(tx, place); });
  };
  EXPECT_EQ(last().position, 0);
  EXPECT_TRUE(knows(last()));
  Put("a");
  Learn();
  const Place first = last();
  Put("b");
  Learn();
  EXPECT_EQ(last().position, 2);
  EXPECT_TRUE(knows(first) && knows(last()));
  EXPECT_FALSE(knows({1, last().mark})) << "another event stood there";
  EXPECT_FALSE(knows({3, last().mark})) << "it is to come yet";
  EXPECT_FALSE(knows({0, last().mark}));
}

TEST_P(AnyFeed, ASpanIsWhatLiesInIt) {
  for (const char* name : {"a", "b", "c", "d"}) Put(name);
  Learn();
  const auto events = database_->Read([](Transaction& tx) { return EventsOf(tx, {.after = 1, .until = 3}); });
  ASSERT_EQ(events->size(), 2u);
  EXPECT_EQ((*events)[1].name, "c");
}

INSTANTIATE_TEST_SUITE_P(Databases, AnyFeed, ::testing::Values("sqlite", "postgres"));

}  // namespace
}  // namespace accord::storage
