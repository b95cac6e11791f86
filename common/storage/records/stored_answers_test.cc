// These tests show to whom an answer that was stored for a repeated call is given, and when it is given
// no more.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "common/storage/records/feed.h"
#include "common/storage/records/idempotency.h"
#include "common/storage/retention/retention.h"
#include "common/storage/testing/resource_table.h"

namespace accord::storage {
namespace {

class StoredAnswers : public ResourceTable {
 protected:
  absl::StatusOr<System> Make(const Write& write) {
    return database_->Transact([&](Transaction& tx) {
      return Once<System>(tx, write, "/make", System(), [&]() -> absl::StatusOr<System> {
        System system;
        system.set_name("agencies/a/systems/" + write.request_id);
        ACCORD_RETURN_IF_ERROR(systems_.Insert(tx, &system, write, {"a", "", {"a", "b", "c#director"}, {}}));
        return system;
      });
    });
  }
  // This places a change by the platform.
  void Place(System system, const std::vector<std::string>& parties) {
    const absl::Status placed = database_->Transact([&](Transaction& tx) -> absl::Status {
      ACCORD_RETURN_IF_ERROR(systems_.GetAny(tx, system.name(), &system));
      const std::string etag = system.etag();
      return systems_.Update(tx, &system, etag, write_, {"a", "", parties, {}});
    });
    EXPECT_OK(placed);
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, StoredAnswers, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(StoredAnswers, WhoeverLosesAResourceLosesWhatItWasToldOfIt) {
  const Write a{"a", "w", "request-a", absl::Now()}, b{"b", "w", "request-b", absl::Now()},
      c{"c", "w", "request-c", absl::Now()};
  for (const Write& each : {a, b, c}) ASSERT_OK(Make(each));
  for (const Write& each : {a, b, c}) {
    System system;
    system.set_name("agencies/a/systems/" + each.request_id);
    Place(system, {"a"});
  }
  EXPECT_OK(Make(a));
  EXPECT_TRUE(absl::IsNotFound(Make(b).status()));
  EXPECT_TRUE(absl::IsNotFound(Make(c).status())) << "in a capacity of its own";
}

TEST_P(StoredAnswers, OfAnAgencyOutliveACapacityOfItWhileItSeesTheResourceItself) {
  const Write b{"b", "w", "request-b", absl::Now()};
  ASSERT_OK(Make(b));
  System system;
  system.set_name("agencies/a/systems/request-b");
  Place(system, {"a", "b", "b#crown/one"});
  Place(system, {"a", "b"});
  EXPECT_OK(Make(b));
  Place(system, {"a", "b#crown/one"});
  EXPECT_TRUE(absl::IsNotFound(Make(b).status()));
}

TEST_P(StoredAnswers, TheEndOfARecordErasesThem) {
  const Write sealed{"a", "w", "sealed-1", absl::Now()}, purged{"a", "w", "purged-1", absl::Now()};
  for (const Write& each : {sealed, purged}) {
    ASSERT_OK(Make(each));
    const absl::Status ended = database_->Transact([&](Transaction& tx) {
      return EndRecord(tx, "system", "agencies/a/systems/" + each.request_id, "a test",
                       each.request_id == "sealed-1" ? End::kSealed : End::kPurged, each);
    });
    ASSERT_OK(ended);
    EXPECT_TRUE(absl::IsNotFound(Make(each).status()));
  }
}

TEST_P(StoredAnswers, TheEndOfARecordIsAChangeThatTheLogComparesLikeAnyOther) {
  const Write made{"a", "w", "made", absl::Now()}, ends{"a", "w", "ends", absl::Now()};
  ASSERT_OK(Make(made));
  const std::string name = "agencies/a/systems/made";
  const absl::Status ended = database_->Transact([&](Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(EndRecord(tx, "system", name, "a test", End::kPurged, ends));
    EXPECT_EQ(tx.written().size(), 1u);
    return absl::OkStatus();
  });
  ASSERT_OK(ended);
  // On PostgreSQL an event has no position yet.
  ASSERT_OK(NumberEvents(database_.get(), 100));
  const auto changes = database_->Read([](Transaction& tx) { return RevisionKeysAfter(tx, 0, 10, false); });
  ASSERT_OK(changes);
  ASSERT_EQ(changes->size(), 2u);
  EXPECT_EQ(changes->back().request_id, "ends");
  EXPECT_EQ(changes->back().name, name);
  EXPECT_EQ(changes->back().version, 2);
}

TEST_P(StoredAnswers, WhatAServiceChangesByItselfIsToldToWhoAsksForIt) {
  ASSERT_OK(Make({"a", "w", "made", absl::Now()}));
  ASSERT_OK(Make({kPlatform, "calendar", "by-itself", absl::Now()}));
  ASSERT_OK(NumberEvents(database_.get(), 100));
  const auto told = [&](bool platform) {
    std::vector<std::string> requests;
    const auto changes =
        Must(database_->Read([&](Transaction& tx) { return RevisionKeysAfter(tx, 0, 10, platform); }));
    for (const RevisionKey& change : changes) requests.push_back(change.request_id);
    return requests;
  };
  EXPECT_THAT(told(false), ::testing::ElementsAre("made"));
  EXPECT_THAT(told(true), ::testing::ElementsAre("made", "by-itself"));
}

TEST_P(StoredAnswers, WhatWasSeenWhenItWasAnsweredIsAskedAgain) {
  const Write b{"b", "w", "request-b", absl::Now()};
  ASSERT_OK(Make(b));
  const auto check = [&] {
    return database_->Transact([&](Transaction& tx) -> absl::Status {
      Answer answer;
      ACCORD_RETURN_IF_ERROR(FindAnswer(tx, b, "/make", System(), &answer).status());
      EXPECT_TRUE(answer.repeated);
      EXPECT_EQ(answer.resources.size(), 1u);
      return CheckAnswerStillSeen(tx, "b", answer);
    });
  };
  EXPECT_OK(check());
  ASSERT_OK(database_->Transact(
      [](Transaction& tx) { return tx.Exec("delete from visible where agency = 'b'").status(); }));
  EXPECT_TRUE(absl::IsNotFound(check()));
}

}  // namespace
}  // namespace accord::storage
