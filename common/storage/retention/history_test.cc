#include "common/storage/retention/history.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/storage/records/feed.h"
#include "common/storage/retention/retention.h"
#include "common/storage/testing/fixture.h"

namespace accord::storage {
namespace {

using registry::v1::System;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::Duration kDay = absl::Hours(24);

class History : public Storage {
 protected:
  // This stores `name`, or its next version.
  void Put(const std::string& name, absl::Time at) {
    const Write write{"cas-york", "w1", "request", at};
    const absl::Status put = database_->Transact([&](Transaction& tx) -> absl::Status {
      System system;
      const absl::Status found = systems_.GetAny(tx, name, &system);
      system.set_name(name);
      const std::string etag = system.etag();
      const Placement placement{"a", "", {"a"}, {}};
      return found.ok() ? systems_.Update(tx, &system, etag, write, placement)
                        : systems_.Insert(tx, &system, write, placement);
    });
    ASSERT_OK(put);
    ASSERT_OK(NumberEvents(database_.get(), 100));
  }
  void Settle(int64_t position) {
    ASSERT_OK(database_->Transact([&](Transaction& tx) { return NoteSettled(tx, position); }));
  }
  // This makes whole passes in steps of `limit`.
  void Sweep(absl::Time before, int limit = 100) {
    EventPass events;
    RevisionPass revisions;
    const auto step = [&](auto sweep, auto* pass) {
      for (bool more = true; more;) {
        const auto swept =
            database_->InTurn(1, [&](Transaction& tx) { return sweep(tx, before, limit, pass); });
        ASSERT_OK(swept);
        more = swept->more;
      }
    };
    step(SweepEvents, &events);
    step(SweepRevisions, &revisions);
  }
  std::vector<int64_t> Positions() {
    std::vector<int64_t> positions;
    const auto events = *database_->Read([](Transaction& tx) { return EventsOf(tx, {.limit = 1000}); });
    for (const Event& event : events) positions.push_back(event.place.position);
    return positions;
  }
  std::vector<int64_t> Versions(const std::string& name) {
    std::vector<int64_t> versions;
    const auto rows = *database_->Read([&](Transaction& tx) {
      return tx.Query<int64_t>("select version from revision where name = :p1 order by version", name);
    });
    for (const auto& [version] : rows) versions.push_back(version);
    return versions;
  }

  PageTokens tokens_{std::string(32, 'k')};
  Resources systems_{"system", &tokens_};
  const absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
};

INSTANTIATE_TEST_SUITE_P(Databases, History, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(History, GoesWhenItIsOldButNotWhatAResourceIsNow) {
  Put("x", now_ - 9 * kDay);
  Put("x", now_ - 8 * kDay);
  Put("y", now_ - 7 * kDay);
  Put("x", now_ - kDay);
  Put("x", now_);
  Settle(5);
  Sweep(now_ - 5 * kDay);
  EXPECT_THAT(Positions(), ElementsAre(4, 5));
  EXPECT_THAT(Versions("x"), ElementsAre(3, 4));
  EXPECT_THAT(Versions("y"), ElementsAre(1)) << "that is what it is";
}

TEST_P(History, StaysUntilTheLogHasComparedIt) {
  for (int i = 4; i > 0; --i) Put("x", now_ - i * kDay);
  Sweep(now_);
  EXPECT_THAT(Positions(), ElementsAre(1, 2, 3, 4)) << "the log never said anything";
  EXPECT_THAT(Versions("x"), ElementsAre(1, 2, 3, 4));
  Settle(3);
  Sweep(now_);
  EXPECT_THAT(Positions(), ElementsAre(3, 4)) << "the log asks for the one that it compared last";
  EXPECT_THAT(Versions("x"), ElementsAre(3, 4));
}

TEST_P(History, OfARecordThatMustBeKeptStaysUntilTheHoldIsLifted) {
  for (int i = 3; i > 0; --i) Put("held", now_ - i * kDay);
  Put("other", now_ - kDay);
  Put("other", now_ - kDay);
  Settle(5);
  const Write write{"a", "officer", "hold", now_};
  ASSERT_OK(database_->Transact([&](Transaction& tx) { return PlaceHold(tx, "held", "a lawsuit", write); }));
  Sweep(now_);
  EXPECT_THAT(Positions(), ElementsAre(1, 2, 3, 5));
  EXPECT_THAT(Versions("held"), ElementsAre(1, 2, 3));
  EXPECT_THAT(Versions("other"), ElementsAre(2));
  ASSERT_OK(database_->Transact([&](Transaction& tx) { return LiftHold(tx, "held", "a"); }));
  Sweep(now_);
  EXPECT_THAT(Positions(), ElementsAre(5));
  EXPECT_THAT(Versions("held"), ElementsAre(3));
}

TEST_P(History, IsSweptInSmallStepsToItsEnd) {
  // This stores many events at one instant, as an import does.
  for (int i = 0; i < 25; ++i) Put("x", now_ - 2 * kDay);
  Put("x", now_);
  Settle(26);
  Sweep(now_ - kDay, 4);
  EXPECT_THAT(Positions(), ElementsAre(26));
  EXPECT_THAT(Versions("x"), ElementsAre(26));
}

TEST_P(History, OfWhatWasRemovedGoesAltogether) {
  Put("x", now_ - 2 * kDay);
  ASSERT_OK(database_->Transact([&](Transaction& tx) -> absl::Status {
    System system;
    ACCORD_RETURN_IF_ERROR(systems_.GetAny(tx, "x", &system));
    return systems_.Remove(tx, &system, system.etag(), {"a", "w", "remove", now_ - 2 * kDay});
  }));
  Put("y", now_);
  Settle(3);
  Sweep(now_);
  EXPECT_THAT(Versions("x"), IsEmpty());
}

TEST_P(History, ThatIsGoneTakesNoNumberTwiceAndItsPlacesAreRefused) {
  Put("x", now_ - 2 * kDay);
  const Place old = *database_->Read(LastPlace);
  Put("x", now_ - 2 * kDay);
  const Place last = *database_->Read(LastPlace);
  Settle(2);
  Sweep(now_);
  const auto knows = [&](const Place& place) {
    return *database_->Read([&](Transaction& tx) { return KnowsPlace(tx, place); });
  };
  EXPECT_FALSE(knows(old));
  EXPECT_TRUE(knows(last)) << "the last one stays";
  Put("x", now_);
  EXPECT_THAT(Positions(), ElementsAre(2, 3));
}

TEST_P(History, IsReadByItsAge) {
  for (int i = 0; i < 50; ++i) Put("x", now_ + absl::Seconds(i));
  const auto plan = database_->Transact([](Transaction& tx) -> absl::StatusOr<std::string> {
    std::string text;
    const std::string scan =
        "select r.name from revision r where r.at_us < 5 and (r.at_us, r.kind, r.name, r.version) > "
        "(1, 'k', 'n', 1) order by r.at_us, r.kind, r.name, r.version limit 500";
    if (tx.postgres()) {
      for (const char* way : {"seqscan", "bitmapscan", "sort"}) {
        ACCORD_RETURN_IF_ERROR(tx.Exec(absl::StrCat("set local enable_", way, " = off")).status());
      }
      ACCORD_ASSIGN_OR_RETURN(const auto lines, tx.Query<std::string>("explain " + scan));
      for (const auto& [line] : lines) text += line;
      return text;
    }
    ACCORD_ASSIGN_OR_RETURN(const auto lines,
                            (tx.Query<int64_t, int64_t, int64_t, std::string>("explain query plan " + scan)));
    for (const auto& line : lines) text += std::get<3>(line);
    return text;
  });
  ASSERT_OK(plan);
  EXPECT_THAT(*plan, ::testing::HasSubstr("revision_age"));
  EXPECT_THAT(*plan, ::testing::Not(::testing::AnyOf(::testing::HasSubstr("Sort"),
                                                     ::testing::HasSubstr("TEMP B-TREE"))));
}

}  // namespace
}  // namespace accord::storage
