#include "common/host/watching/feed.h"

#include <gmock/gmock.h>

#include <thread>

#include "accord/registry/v1/resources.pb.h"
#include "common/base/error.h"
#include "common/host/watching/feed_positions.h"
#include "common/host/watching/followed.h"
#include "common/storage/records/gone.h"
#include "common/storage/records/resources.h"
#include "common/testing/eventually.h"
#include "common/testing/postgres.h"
#include "common/testing/temp_dir.h"

namespace accord::host {
namespace {

using storage::Transaction;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AFeed : public ::testing::TestWithParam<std::string> {
 protected:
  AFeed() {
    const std::string dsn = GetParam() == "postgres"
                                ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                : directory_.path("db");
    database_ = *storage::Database::Open({dsn, 6});
    EXPECT_TRUE(database_->Migrate(storage::CoreMigrations()).ok());
    feed_ = std::make_unique<Feed>(database_.get(), changes_);
  }
  ~AFeed() override { EndStreams(); }

  void Put(const std::string& name, const std::vector<std::string>& parties) {
    registry::v1::System system;
    system.set_name(name);
    ASSERT_TRUE(database_
                    ->Transact([&](Transaction& tx) {
                      return systems_.Insert(tx, &system, {"owner", "w1", "r", absl::Now()},
                                             {"owner", "active", parties, {}});
                    })
                    .ok());
    changes_->Announce();
  }

  // A stream of one agency, and what it was told.
  struct Stream {
    std::shared_ptr<Call> call;
    std::mutex mutex;
    std::vector<std::string> names;
    storage::Place place;
    int progress = 0;
    std::thread thread;

    std::vector<std::string> told() {
      std::lock_guard lock(mutex);
      return names;
    }
  };
  Stream& Watch(const std::string& viewer, const storage::Place& from = {}) {
    return Watch({.kind = "system", .viewer = viewer}, from);
  }
  Stream& Watch(const Followed& of, const storage::Place& from) {
    Stream& stream = *streams_.emplace_back(std::make_unique<Stream>());
    stream.call = std::make_shared<Call>(Caller(), absl::Now(), absl::InfiniteFuture(), changes_);
    stream.thread = std::thread([this, &stream, of, from] {
      const auto status = feed_->Follow(*stream.call, from, of,
                                        [&](const storage::Event* event, const storage::Place& place) {
                                          std::lock_guard lock(stream.mutex);
                                          if (event != nullptr) stream.names.push_back(event->name);
                                          stream.progress += event == nullptr ? 1 : 0;
                                          stream.place = place;
                                          return true;
                                        });
      EXPECT_TRUE(status.ok()) << status;
    });
    EXPECT_TRUE(accord::testing::Eventually([&] {
      std::lock_guard lock(stream.mutex);
      return stream.progress > 0;
    }));
    return stream;
  }
  static bool HasTold(Stream& stream, std::size_t count) {
    return accord::testing::Eventually([&] { return stream.told().size() >= count; });
  }
  void EndStreams() {
    for (auto& stream : streams_) {
      stream->call->End();
      if (stream->thread.joinable()) stream->thread.join();
    }
  }

  accord::testing::TempDir directory_;
  std::unique_ptr<storage::Database> database_;
  storage::PageTokens tokens_{std::string(32, 'k')};
  storage::Resources systems_{"system", &tokens_};
  std::shared_ptr<Changes> changes_ = std::make_shared<Changes>();
  std::unique_ptr<Feed> feed_;
  std::vector<std::unique_ptr<Stream>> streams_;
};

TEST_P(AFeed, TellsEachViewerWhatItSees) {
  feed_->Start();
  Stream& a = Watch("a");
  Stream& b = Watch("b");
  Put("one", {"a"});
  Put("two", {"a", "b"});
  Put("three", {"*"});
  EXPECT_TRUE(HasTold(a, 3) && HasTold(b, 2));
  EXPECT_THAT(a.told(), ElementsAre("one", "two", "three"));
  EXPECT_THAT(b.told(), ElementsAre("two", "three"));
}

TEST_P(AFeed, TellsAWholeAgencyOfEachOfItsCapacitiesAndOfWhatIsGone) {
  const Followed agency{.viewer = "a", .whole_agency = true};
  feed_->Start();
  Stream& live = Watch(agency, {});
  Put("one", {"a#director"});
  Put("two", {"b"});
  ASSERT_TRUE(database_
                  ->Transact([](Transaction& tx) {
                    return storage::TellGone(tx, "system", "two", storage::Gone::kPurged, {"a"}, absl::Now());
                  })
                  .ok());
  changes_->Announce();
  Put("three", {"*"});
  EXPECT_TRUE(HasTold(live, 3));
  EXPECT_THAT(live.told(), ElementsAre("one", "two", "three"));
  Stream& later = Watch(agency, {});
  EXPECT_TRUE(HasTold(later, 3));
  EXPECT_THAT(later.told(), ElementsAre("one", "two", "three"));
  Stream& plain = Watch("a");
  EXPECT_TRUE(HasTold(plain, 1));
  EXPECT_THAT(plain.told(), ElementsAre("three"));
}

TEST_P(AFeed, TellsOnceWhenAllThatThereWasIsTold) {
  feed_->Start();
  Put("one", {"a"});
  Put("two", {"b"});
  ASSERT_TRUE(testing::Eventually([&] {
    return database_->Read([](Transaction& tx) { return storage::LastPlace(tx); })->position == 2;
  }));
  Stream& stream = Watch("a");
  EXPECT_TRUE(testing::Eventually([&] {
    std::lock_guard lock(stream.mutex);
    return stream.progress == 2 && stream.place.position == 2;
  }));
  EXPECT_THAT(stream.told(), ElementsAre("one"));
}

TEST_P(AFeed, GoesOnWhereAStreamWasCut) {
  feed_->Start();
  Stream& first = Watch("a");
  Put("one", {"a"});
  ASSERT_TRUE(HasTold(first, 1));
  EndStreams();
  Put("two", {"a"});
  Put("three", {"b"});
  Put("four", {"a"});
  Stream& second = Watch("a", first.place);
  EXPECT_TRUE(HasTold(second, 2));
  EXPECT_THAT(second.told(), ElementsAre("two", "four"));
}

TEST_P(AFeed, TellsOfWhatAnotherProcessChanged) {
  feed_->Start();
  Stream& stream = Watch("a");
  Feed other(database_.get(), std::make_shared<Changes>());
  other.Start();
  for (int i = 0; i < 20; ++i) Put(std::to_string(i), {"a"});
  EXPECT_TRUE(HasTold(stream, 20));
  EXPECT_EQ(stream.told().size(), 20u);
}

TEST_P(AFeed, GoesOnOverASpanThatWasSweptAway) {
  feed_->Start();
  Put("first", {"a"});
  ASSERT_TRUE(testing::Eventually([&] {
    return database_->Read([](Transaction& tx) { return storage::LastPlace(tx); })->position == 1;
  }));
  const storage::Place first = *database_->Read([](Transaction& tx) { return storage::LastPlace(tx); });
  // The gap is wider than one look covers.
  ASSERT_TRUE(database_
                  ->Transact([](Transaction& tx) {
                    return tx
                        .Exec(
                            "insert into event (kind, name, owner, state, at_us, request_id, tx, version, "
                            "position) values ('system', 'gone', '', '', 1, '', 0, 1, 20000)")
                        .status();
                  })
                  .ok());
  Put("last", {"a"});
  ASSERT_TRUE(testing::Eventually([&] {
    return database_->Read([](Transaction& tx) { return storage::LastPlace(tx); })->position == 20001;
  }));
  Stream& stream = Watch("a", first);
  EXPECT_TRUE(testing::Eventually([&] { return stream.told() == std::vector<std::string>{"last"}; }));
}

TEST_P(AFeed, WhatIsTakenOutOfSightIsNotTold) {
  Put("one", {"a"});
  ASSERT_TRUE(
      database_->Transact([](Transaction& tx) { return tx.Exec("delete from visible where name = 'one'"); })
          .ok());
  feed_->Start();
  Stream& stream = Watch("a");
  Put("two", {"a"});
  EXPECT_TRUE(HasTold(stream, 1));
  EXPECT_THAT(stream.told(), ElementsAre("two"));
}

TEST_P(AFeed, APositionOfALostStateIsRefused) {
  const FeedPositions positions("systems", &tokens_);
  const auto open = [&](const std::string& agency, const std::string& text) {
    return database_->Read([&](Transaction& tx) { return positions.Open(tx, agency, text); });
  };
  const std::string begin = positions.Seal("a", {});
  EXPECT_TRUE(open("a", begin).ok());
  EXPECT_EQ(RuleOf(open("b", begin).status()), "PAGE_TOKEN_INVALID");
  EXPECT_EQ(RuleOf(open("a", positions.Seal("a", {7, "1.1"})).status()), "POSITION_FROM_ANOTHER_TIME");
  Put("one", {"a"});
  ASSERT_TRUE(storage::NumberEvents(database_.get(), 10).ok());
  const storage::Place last = *database_->Read(storage::LastPlace);
  EXPECT_EQ(open("a", positions.Seal("a", last))->position, 1);
  EXPECT_EQ(RuleOf(open("a", positions.Seal("a", {1, "1.1"})).status()), "POSITION_FROM_ANOTHER_TIME");
}

INSTANTIATE_TEST_SUITE_P(Databases, AFeed, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace accord::host
