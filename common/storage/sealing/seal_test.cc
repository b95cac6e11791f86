// These tests show what the database holds of sensitive fields, before and after a change of the key.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/base/error.h"
#include "common/storage/backup/closed_records.h"
#include "common/storage/backup/restoration.h"
#include "common/storage/records/idempotency.h"
#include "common/storage/sealing/body.h"
#include "common/storage/sealing/keyring.h"
#include "common/storage/sealing/reseal.h"
#include "common/storage/testing/fixture.h"

namespace accord::storage {
namespace {

using protocols::v1::Referral;

std::shared_ptr<const Keyring> Ring(const std::string& letters) {
  std::vector<std::string> keys;
  for (char letter : letters) keys.emplace_back(32, letter);
  return *Keyring::From(keys, std::string(32, 'i'));
}

TEST(Keyring, OpensOnlyWhatItSealedAndOnlyWhereItBelongs) {
  const auto ring = Ring("a");
  const std::string token = ring->Seal("here", "secret");
  EXPECT_EQ(*ring->Open("here", token), "secret");
  EXPECT_EQ(RuleOf(ring->Open("there", token).status()), "SEAL_BROKEN");
  EXPECT_EQ(RuleOf(Ring("b")->Open("here", token).status()), "SEAL_BROKEN");
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_THAT(ring->Open("here", changed).status(), RefusedBy("SEAL_BROKEN")) << i;
  }
  EXPECT_EQ(ring->Index("x", "v"), Ring("b")->Index("x", "v"));
  EXPECT_NE(ring->Index("x", "v"), ring->Index("y", "v"));
}

TEST(Keyring, AsksForKeysOfTheRightSize) {
  EXPECT_THAT(Keyring::From({}, std::string(32, 'i')).status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "at least one seal key"));
  EXPECT_THAT(Keyring::From({"short"}, std::string(32, 'i')).status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "a seal key has 32 bytes"));
  EXPECT_THAT(Keyring::From({std::string(32, 'a')}, "short").status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "an index key of 32 bytes"));
}

class Sealing : public ::testing::Test {
 protected:
  std::unique_ptr<Database> Open(std::shared_ptr<const Keyring> ring) {
    auto database = Must(Database::Open({directory_.path("db.sqlite"), 2, std::move(ring)}));
    EXPECT_OK(database->Migrate(CoreMigrations()));
    return database;
  }
  absl::Status Put(Database* database, int n) {
    Referral referral;
    referral.set_name(absl::StrCat("agencies/a/referrals/r", n));
    referral.set_subject_ref(absl::StrCat("canary-", n));
    const Referral asked = referral;
    return database->Transact([&](Transaction& tx) {
      const Write write{"a", "w", absl::StrCat("request-", n), absl::Now()};
      return Once<Referral>(
                 tx, write, "Create", asked,
                 [&]() -> absl::StatusOr<Referral> {
                   ACCORD_RETURN_IF_ERROR(referrals_.Insert(tx, &referral, write, {"a", "", {"a"}, {}}));
                   return referral;
                 })
          .status();
    });
  }
  std::string Everything(Database* database) {
    return *database->Read([](Transaction& tx) -> absl::StatusOr<std::string> {
      std::string all;
      for (const char* sql : {"select body from resource", "select body from revision",
                              "select response from idempotency", "select request_hash from idempotency"}) {
        ACCORD_ASSIGN_OR_RETURN(const auto rows, tx.Query<std::string>(sql));
        for (const auto& [text] : rows) absl::StrAppend(&all, WithoutKey(text), "\n");
      }
      return all;
    });
  }
  std::string Subject(Database* database, int n) {
    Referral referral;
    const absl::Status read = database->Read([&](Transaction& tx) {
      return referrals_.Get(tx, absl::StrCat("agencies/a/referrals/r", n), "a", &referral);
    });
    return read.ok() ? referral.subject_ref() : RuleOf(read);
  }
  testing::TempDir directory_;
  PageTokens tokens_{std::string(32, 'k')};
  Resources referrals_{"referral", &tokens_};
};

TEST_F(Sealing, TheDatabaseHoldsStructureAndNoPeople) {
  auto database = Open(Ring("a"));
  ASSERT_OK(Put(database.get(), 1));
  const std::string all = Everything(database.get());
  EXPECT_THAT(all, ::testing::HasSubstr("agencies/a/referrals/r1"));
  EXPECT_THAT(all, ::testing::Not(::testing::HasSubstr("canary")));
  EXPECT_EQ(Subject(database.get(), 1), "canary-1");
}

TEST_F(Sealing, WhatANewerVersionWroteSurvivesAnUpdateByThisOne) {
  constexpr int kFuture = 15'000;
  constexpr char kValue[] = "canary of the future";
  auto database = Open(Ring("a"));
  const auto add = [&](google::protobuf::Message* message) {
    message->GetReflection()->MutableUnknownFields(message)->AddLengthDelimited(kFuture, kValue);
  };
  const auto holds = [&](const google::protobuf::Message& message) {
    const auto& unknown = message.GetReflection()->GetUnknownFields(message);
    return unknown.field_count() == 1 && unknown.field(0).number() == kFuture &&
           unknown.field(0).length_delimited() == kValue;
  };
  Referral referral;
  referral.set_name("agencies/a/referrals/r1");
  referral.set_subject_ref("canary");
  referral.add_escalations();
  add(&referral);
  add(referral.mutable_escalations(0));
  const Placement placement{"a", "", {"a"}, {}};
  const Write write{"a", "w", "request", absl::Now()};
  ASSERT_OK(database->Transact(
      [&](Transaction& tx) { return referrals_.Insert(tx, &referral, write, placement); }));
  for (int update = 0; update < 3; ++update) {
    Referral read;
    const absl::Status status = database->Transact([&](Transaction& tx) -> absl::Status {
      ACCORD_RETURN_IF_ERROR(referrals_.GetAny(tx, referral.name(), &read));
      return referrals_.Update(tx, &read, read.etag(), write, placement);
    });
    ASSERT_OK(status);
    EXPECT_TRUE(holds(read));
    EXPECT_TRUE(holds(read.escalations(0)));
  }
  EXPECT_THAT(Everything(database.get()), ::testing::Not(::testing::HasSubstr("canary")));
}

TEST_F(Sealing, WithoutAKeyringWhatIsSensitiveIsNotStored) {
  EXPECT_EQ(RuleOf(Put(Open(nullptr).get(), 1)), "SEAL_KEY_MISSING");
}

TEST_F(Sealing, ARowMovedUnderAnotherNameDoesNotOpen) {
  auto database = Open(Ring("a"));
  ASSERT_OK(Put(database.get(), 1));
  ASSERT_OK(Put(database.get(), 2));
  ASSERT_OK(database->Transact([](Transaction& tx) -> absl::Status {
    ACCORD_ASSIGN_OR_RETURN(const auto rows,
                            tx.Query<std::string>("select body from resource order by name"));
    const std::string one = std::get<0>(rows[0]), two = std::get<0>(rows[1]);
    return tx
        .Exec("update resource set body = :p1 where name = :p2",
              two.substr(0, two.find('\n')) + one.substr(one.find('\n')),
              std::string("agencies/a/referrals/r2"))
        .status();
  }));
  EXPECT_EQ(Subject(database.get(), 2), "SEAL_BROKEN");
}

TEST_F(Sealing, AChangeOfTheKeyIsInterruptedAndResumed) {
  {
    auto database = Open(Ring("a"));
    for (int n = 0; n < 20; ++n) ASSERT_OK(Put(database.get(), n));
  }
  {
    auto database = Open(Ring("ba"));
    EXPECT_EQ(*database->Read(CountToReseal), 60);
    // The change of the key is interrupted after 8 rows: everything can be read with both keys.
    EXPECT_EQ(*database->Transact([](Transaction& tx) { return Reseal(tx, 8); }), 8);
    EXPECT_EQ(*database->Read(CountToReseal), 52);
    for (int n = 0; n < 20; ++n) EXPECT_EQ(Subject(database.get(), n), absl::StrCat("canary-", n));
  }
  {
    auto database = Open(Ring("ba"));
    while (*database->Transact([](Transaction& tx) { return Reseal(tx, 8); }) > 0) {
    }
    EXPECT_EQ(*database->Read(CountToReseal), 0);
  }
  // The old key has been removed.
  auto database = Open(Ring("b"));
  for (int n = 0; n < 20; ++n) EXPECT_EQ(Subject(database.get(), n), absl::StrCat("canary-", n));
  EXPECT_OK(Put(database.get(), 3)) << "the stored answer opens too";
}

TEST_F(Sealing, AClosedRecordFollowsAChangeOfTheKeyToo) {
  const std::string name = "agencies/a/referrals/r1";
  {
    auto database = Open(Ring("a"));
    ASSERT_OK(Put(database.get(), 1));
    ASSERT_OK(database->Transact([&](Transaction& tx) -> absl::Status {
      ACCORD_RETURN_IF_ERROR(MarkRestored(tx, 0, absl::Now()));
      return CloseRecord(tx, "referral", name, "", absl::Now());
    }));
    EXPECT_NE(Subject(database.get(), 1), "canary-1") << "it is closed";
  }
  auto both = Open(Ring("ba"));
  while (*both->Transact([](Transaction& tx) { return Reseal(tx, 8); }) > 0) {
  }
  auto database = Open(Ring("b"));
  ASSERT_OK(database->Transact([&](Transaction& tx) { return ReopenRecord(tx, name); }));
  EXPECT_EQ(Subject(database.get(), 1), "canary-1");
}

}  // namespace
}  // namespace accord::storage
