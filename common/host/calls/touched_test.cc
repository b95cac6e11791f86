#include "common/host/calls/touched.h"

#include <gmock/gmock.h>

#include <map>
#include <random>

#include "absl/strings/str_cat.h"
#include "accord/registry/v1/registry_admin_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/access/names.h"
#include "common/base/ids.h"
#include "common/host/calls/handlers.h"
#include "common/storage/records/feed.h"
#include "common/testing/in_process.h"
#include "common/testing/postgres.h"
#include "common/testing/seed.h"

namespace accord::host {
namespace {

using registry::v1::CreateSystemRequest;
using registry::v1::System;

constexpr char kCreateSystem[] = "/accord.registry.v1.RegistryAdminService/CreateSystem";
constexpr char kSystem[] = "agencies/cas-york/systems/records";

caller::v1::TouchedResources Whole(const std::vector<std::string>& trailers) {
  caller::v1::TouchedResources whole;
  for (const std::string& trailer : trailers) {
    EXPECT_LE(trailer.size(), kTouchedTrailerBytes);
    EXPECT_FALSE(trailer.empty());
    EXPECT_TRUE(whole.MergeFromString(trailer));
  }
  return whole;
}

TEST(TouchedTrailers, AThousandLongNamesComeWholeInPiecesThatAPeerTakes) {
  const unsigned seed = testing::SeedOr(0);
  SCOPED_TRACE(absl::StrCat("ACCORD_SEED=", seed));
  std::mt19937 random(seed);
  caller::v1::TouchedResources touched;
  touched.set_request_id("r-1");
  for (int i = 0; i < 1000; ++i) {
    auto* resource = touched.add_resources();
    resource->set_owner(absl::StrCat("agency-", i % 7));
    resource->set_name(absl::StrCat("agencies/", i % 7, "/x/", std::string(1 + random() % 600, 'n'), i));
    resource->set_touch(caller::v1::TOUCH_DISCLOSED);
    touched.add_revisions(std::string(16, static_cast<char>(random())));
  }
  for (const auto& resource : touched.resources()) *touched.add_changed()->mutable_resource() = resource;
  const auto trailers = TouchedTrailers(touched);
  EXPECT_GT(trailers.size(), 10u);
  EXPECT_EQ(Whole(trailers).SerializeAsString(), touched.SerializeAsString());
  caller::v1::TouchedResources first;
  ASSERT_TRUE(first.ParseFromString(trailers[0]));
  EXPECT_EQ(first.request_id(), "r-1");
}

TEST(TouchedTrailers, NothingToTellIsNoTrailerAndLittleIsOne) {
  caller::v1::TouchedResources touched;
  EXPECT_TRUE(TouchedTrailers(touched).empty());
  touched.add_resources()->set_name("agencies/a/x/1");
  EXPECT_EQ(TouchedTrailers(touched).size(), 1u);
}

TEST(TouchedTrailers, ANameLargerThanATrailerStandsAlone) {
  caller::v1::TouchedResources touched;
  touched.add_resources()->set_name("small");
  touched.add_resources()->set_name(std::string(kTouchedTrailerBytes, 'x'));
  touched.add_resources()->set_name("small");
  EXPECT_EQ(TouchedTrailers(touched).size(), 3u);
}

// This is a service with one method that changes something.
class Changing : public ::testing::TestWithParam<std::string> {
 protected:
  using Handler = std::function<absl::StatusOr<System>(storage::Transaction&, const storage::Write&)>;

  Reply Create(Handler handler) {
    Handlers handlers(&process_.database());
    handlers.Mutate<CreateSystemRequest, System>(
        kCreateSystem, [&](Call&, storage::Transaction& tx, const storage::Write& write, const auto&) {
          return handler(tx, write);
        });
    Caller caller;
    caller.agency = "cas-york";
    caller.actor = "w1";
    Call call(caller, absl::Now(), absl::InfiniteFuture(), std::make_shared<Changes>());
    CreateSystemRequest request;
    request.set_request_id("request-1");
    request.set_parent("agencies/cas-york");
    request.set_system_id("records");
    request.mutable_system()->set_display_name("Records");
    auto reply = handlers.Unary(kCreateSystem, call, request.SerializeAsString());
    EXPECT_TRUE(reply.ok()) << reply.status();
    return reply.ok() ? *reply : Reply();
  }
  absl::StatusOr<System> Insert(storage::Transaction& tx, const storage::Write& write,
                                const std::string& name = kSystem) {
    System system;
    system.set_name(name);
    ACCORD_RETURN_IF_ERROR(systems_.Insert(tx, &system, write, {"cas-york", "active", {"cas-york"}, {}}));
    return system;
  }
  // This stores another record, which these agencies see.
  absl::Status Put(storage::Transaction& tx, const storage::Write& write, const std::string& name,
                   std::vector<std::string> parties) {
    System system;
    system.set_name(name);
    return systems_.Insert(tx, &system, write, {OwnerOf(name), "active", std::move(parties), {}});
  }

  testing::InProcess process_{
      storage::CoreMigrations(),
      GetParam() == "postgres" ? testing::PostgresCluster::Shared().NewDatabase() : std::string()};
  storage::Resources systems_{"system", &process_.page_tokens()};
};

INSTANTIATE_TEST_SUITE_P(Databases, Changing, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(Changing, TellsEachVersionThatItsTransactionStored) {
  const Reply reply = Create([&](auto& tx, const auto& write) -> absl::StatusOr<System> {
    ACCORD_ASSIGN_OR_RETURN(System system, Insert(tx, write));
    const std::string etag = system.etag();
    ACCORD_RETURN_IF_ERROR(
        systems_.Update(tx, &system, etag, write, {"cas-york", "active", {"cas-york"}, {}}));
    return system;
  });
  EXPECT_EQ(reply.touched.request_id(), "request-1");
  EXPECT_THAT(reply.touched.revisions(), ::testing::ElementsAre(RevisionDigest("registry", kSystem, 1),
                                                                RevisionDigest("registry", kSystem, 2)));
}

TEST_P(Changing, TellsWhoseItIsThatItsAnswerDoesNotShow) {
  const std::string own = "agencies/cas-york/systems/own", other = "agencies/ps-york/systems/";
  const Reply reply = Create([&](auto& tx, const auto& write) -> absl::StatusOr<System> {
    const storage::Write by_itself{"platform", "calendar", "by-itself", write.now};
    ACCORD_RETURN_IF_ERROR(Put(tx, write, own, {"cas-york"}));
    ACCORD_RETURN_IF_ERROR(Put(tx, write, other + "shared", {"cas-york", "ps-york"}));
    ACCORD_RETURN_IF_ERROR(Put(tx, write, other + "hidden", {"ps-york"}));
    ACCORD_RETURN_IF_ERROR(Put(tx, by_itself, other + "calendar", {"ps-york"}));
    return Insert(tx, write);
  });
  EXPECT_EQ(reply.touched.resources_size(), 1);
  EXPECT_EQ(reply.touched.revisions_size(), 4);
  std::map<std::string, bool> hidden;
  for (const auto& changed : reply.touched.changed()) {
    const std::string& name = changed.resource().name();
    EXPECT_EQ(changed.resource().owner(), OwnerOf(name));
    EXPECT_EQ(changed.resource().touch(), caller::v1::TOUCH_CHANGED);
    EXPECT_EQ(changed.revision(), RevisionDigest("registry", name, 1));
    hidden[name] = changed.hidden();
  }
  EXPECT_THAT(hidden,
              ::testing::ElementsAre(::testing::Pair(own, false), ::testing::Pair(other + "hidden", true),
                                     ::testing::Pair(other + "shared", false)));
}

// The log compares what services changed with what callers' records report. A change that the service made by
// itself during a call is left to the log, which tells the owner; the caller's record does not name it.
TEST_P(Changing, LeavesToTheLogWhatTheServiceChangedByItself) {
  const std::string other = "agencies/ps-york/systems/calendar";
  const Reply reply = Create([&](auto& tx, const auto& write) -> absl::StatusOr<System> {
    const storage::Write by_itself{storage::kPlatform, "calendar", "by-itself", write.now};
    ACCORD_RETURN_IF_ERROR(Put(tx, by_itself, other, {"ps-york"}));
    return Insert(tx, write);
  });
  EXPECT_THAT(reply.touched.revisions(), ::testing::ElementsAre(RevisionDigest("registry", kSystem, 1)));
  EXPECT_EQ(reply.touched.changed_size(), 0);
  // On PostgreSQL an event has no position until it is numbered.
  EXPECT_TRUE(storage::NumberEvents(&process_.database(), 100).ok());
  const auto changes = process_.database().Read(
      [](storage::Transaction& tx) { return storage::RevisionKeysAfter(tx, 0, 10, true); });
  ASSERT_TRUE(changes.ok()) << changes.status();
  std::vector<std::string> told;
  for (const storage::RevisionKey& change : *changes) {
    if (change.agency == storage::kPlatform) told.push_back(change.name);
  }
  EXPECT_THAT(told, ::testing::ElementsAre(other));
}

TEST_P(Changing, AStoredAnswerChangesNothing) {
  Create([&](auto& tx, const auto& write) { return Insert(tx, write); });
  const Reply again =
      Create([&](auto&, const auto&) -> absl::StatusOr<System> { return absl::InternalError("ran twice"); });
  EXPECT_EQ(again.touched.resources_size(), 1);
  EXPECT_EQ(again.touched.revisions_size(), 0);
}

TEST_P(Changing, AnAttemptThatWasRolledBackTellsNothing) {
  int attempts = 0;
  const Reply reply = Create([&](auto& tx, const auto& write) -> absl::StatusOr<System> {
    auto system = Insert(tx, write, attempts == 0 ? absl::StrCat(kSystem, "-first") : kSystem);
    if (attempts++ == 0) return Refuse(rules::kDatabaseBusy, "Again.");
    return system;
  });
  EXPECT_EQ(attempts, 2);
  EXPECT_THAT(reply.touched.revisions(), ::testing::ElementsAre(RevisionDigest("registry", kSystem, 1)));
}

TEST_P(Changing, AnAttemptWhoseCommitGotNoAnswerTellsWhatItStored) {
  // SQLite answers every commit and lets no second writer in, so a lost answer cannot be simulated there.
  if (GetParam() != "postgres") return;
  const Reply reply = Create([&](auto&, const auto&) -> absl::StatusOr<System> {
    Create([&](auto& tx, const auto& write) { return Insert(tx, write); });
    return Refuse(rules::kDatabaseUnavailable, "Lost.");
  });
  EXPECT_THAT(reply.touched.revisions(), ::testing::ElementsAre(RevisionDigest("registry", kSystem, 1)));
}

}  // namespace
}  // namespace accord::host
