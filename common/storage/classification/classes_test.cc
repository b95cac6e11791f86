// These are rows that a version stored unsealed, with fields that were classified later.
#include "common/storage/classification/classes.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/sealing/body.h"
#include "common/storage/sealing/keyring.h"
#include "common/storage/testing/fixture.h"

namespace accord::storage {
namespace {

using protocols::v1::Referral;
using ::testing::HasSubstr;
using ::testing::Not;

class LaterClassified : public ::testing::TestWithParam<std::string> {
 protected:
  LaterClassified() {
    const std::string dsn = GetParam() == "postgres"
                                ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                : directory_.path("db");
    database_ = *Database::Open({dsn, 3, *Keyring::From({std::string(32, 'a')}, std::string(32, 'i'))});
    EXPECT_OK(database_->Migrate(CoreMigrations()));
  }
  static std::string Name(int n) { return absl::StrCat("agencies/a/referrals/r", n); }
  // This stores as this version does: two versions of a record, with the subject sealed.
  void Store(int n) {
    Referral referral;
    referral.set_name(Name(n));
    referral.set_subject_ref(absl::StrCat("canary-", n));
    referral.set_to_agency("ps-york");
    referral.add_escalations();
    const absl::Status stored = database_->Transact([&](Transaction& tx) -> absl::Status {
      const Write write{"a", "w", absl::StrCat("request-", n), absl::Now()};
      const Placement placement{"a", "", {"a"}, {}};
      ACCORD_RETURN_IF_ERROR(referrals_.Insert(tx, &referral, write, placement));
      const std::string etag = referral.etag();
      return referrals_.Update(tx, &referral, etag, write, placement);
    });
    ASSERT_OK(stored);
  }
  // This stores as the previous version did, which sealed nothing, or only the belief.
  void StoreAsBefore(int n, bool belief_sealed = false, bool json = false) {
    Store(n);
    const absl::Status changed = database_->Transact([&](Transaction& tx) -> absl::Status {
      Referral referral;
      ACCORD_RETURN_IF_ERROR(referrals_.GetAny(tx, Name(n), &referral));
      std::string sealed;
      if (belief_sealed) {
        Referral taken;
        taken.set_reporter_belief(absl::StrCat("belief-", n));
        taken.add_escalations();
        sealed = "\n" + tx.keyring()->Seal("referral\n" + Name(n), taken.SerializeAsString());
      }
      const std::string open = json ? absl::StrCat("{\"name\":\"", Name(n), "\",\"subjectRef\":\"canary-", n,
                                                   "\",\"etag\":\"v2\"}")
                                    : "=" + Base64(referral.SerializeAsString());
      for (const char* table : {"resource", "revision"}) {
        ACCORD_RETURN_IF_ERROR(
            tx.Exec(absl::StrCat("update ", table, " set body = :p1, seal_key = :p2 where name = :p3"),
                    open + sealed, sealed.empty() ? "" : tx.keyring()->current(), Name(n))
                .status());
      }
      return absl::OkStatus();
    });
    ASSERT_OK(changed);
  }
  // This gives what a reader of the database without a key sees.
  std::string Everything() {
    std::string all;
    for (const char* table : {"resource", "revision"}) {
      const auto rows = Must(database_->Read(
          [&](Transaction& tx) { return tx.Query<std::string>(absl::StrCat("select body from ", table)); }));
      for (const auto& [body] : rows) absl::StrAppend(&all, WithoutKey(body), "\n");
    }
    return all;
  }
  ClassPass Pass(int limit = 7) {
    ClassPass pass;
    while (!pass.done) {
      const absl::Status step = SealClasses(database_.get(), "protocols", limit, &pass);
      EXPECT_OK(step);
      if (!step.ok()) break;
    }
    return pass;
  }
  Referral Read(int n) {
    Referral referral;
    const absl::Status read =
        database_->Read([&](Transaction& tx) { return referrals_.Get(tx, Name(n), "a", &referral); });
    EXPECT_OK(read);
    return referral;
  }

  accord::testing::TempDir directory_;
  std::unique_ptr<Database> database_;
  PageTokens tokens_{std::string(32, 'k')};
  Resources referrals_{"referral", &tokens_};
};

INSTANTIATE_TEST_SUITE_P(Databases, LaterClassified, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(LaterClassified, NothingOfItLiesInClearAfterAPass) {
  for (int n = 0; n < 10; ++n) StoreAsBefore(n, n % 2 == 1, n == 4);
  Store(10);
  ASSERT_THAT(Everything(), HasSubstr("canary-3"));
  ASSERT_THAT(Everything(), HasSubstr("canary-4"));
  // There are ten resources with two versions each. Values that were sealed already stay unchanged.
  EXPECT_EQ(Pass().sealed, 30);
  EXPECT_THAT(Everything(), Not(HasSubstr("canary")));
  for (int n = 0; n < 11; ++n) {
    EXPECT_EQ(Read(n).subject_ref(), absl::StrCat("canary-", n));
    EXPECT_EQ(Read(n).reporter_belief(), n < 10 && n % 2 == 1 ? absl::StrCat("belief-", n) : "");
    EXPECT_EQ(Read(n).etag(), "v2") << "nobody changed it";
  }
  EXPECT_EQ(Pass().sealed, 0);
}

TEST_P(LaterClassified, EveryVersionReadsAsBefore) {
  StoreAsBefore(1);
  Pass();
  const auto history =
      database_->Read([&](Transaction& tx) { return referrals_.Revisions<Referral>(tx, Name(1)); });
  ASSERT_OK(history);
  ASSERT_EQ(history->size(), 2u);
  for (const auto& revision : *history) EXPECT_EQ(revision.item.subject_ref(), "canary-1");
}

TEST_P(LaterClassified, APassIsInterruptedAndGoesOn) {
  for (int n = 0; n < 5; ++n) StoreAsBefore(n);
  ClassPass pass;
  ASSERT_OK(SealClasses(database_.get(), "protocols", 2, &pass));
  EXPECT_EQ(pass.sealed, 2);
  // Another process begins a pass from the start.
  EXPECT_EQ(Pass(2).sealed, 13);
  EXPECT_THAT(Everything(), Not(HasSubstr("canary")));
}

TEST_P(LaterClassified, WhatWasErasedAndWhatIsOfNoServiceStaysAsItIs) {
  Store(1);
  const absl::Status erased = database_->Transact([&](Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(tx.Exec("update revision set body = '{}', seal_key = ''").status());
    return tx
        .Exec("update resource set kind = 'of the future', body = :p1, seal_key = ''", "=" + Base64("\xff"))
        .status();
  });
  ASSERT_OK(erased);
  const ClassPass pass = Pass();
  EXPECT_EQ(pass.sealed, 0);
  EXPECT_EQ(pass.unreadable, 0);
}

TEST_P(LaterClassified, ARowWhoseKeyIsMissingHoldsUpNoOther) {
  StoreAsBefore(1, true);
  StoreAsBefore(2);
  const std::string open = "=" + Base64(Read(1).SerializeAsString());
  const absl::Status broken = database_->Transact([&](Transaction& tx) {
    return tx
        .Exec("update resource set body = :p1 where name = :p2", open + "\n0000000000000000.AAAA", Name(1))
        .status();
  });
  ASSERT_OK(broken);
  const ClassPass pass = Pass();
  EXPECT_EQ(pass.unreadable, 1);
  EXPECT_EQ(pass.sealed, 5);
}

TEST_P(LaterClassified, IsDoneForTheClassesThatAreServedAndForNoOther) {
  const std::string classes = ClassesOf("protocols");
  EXPECT_NE(classes, "");
  EXPECT_NE(classes, ClassesOf("prosecution"));
  EXPECT_NE(ClassesOf("registry"), "");
  EXPECT_EQ(ClassesOf("gateway"), "");
  const auto done = [&](const std::string& which) {
    return *database_->Read([&](Transaction& tx) { return ClassesDone(tx, which); });
  };
  const auto begin = [&](const std::string& which) {
    ASSERT_OK(database_->Transact([&](Transaction& tx) { return BeginClasses(tx, which, absl::Now()); }));
  };
  begin("before");
  EXPECT_TRUE(done("before")) << "there is no row";
  Store(1);
  begin(classes);
  EXPECT_FALSE(done(classes));
  EXPECT_FALSE(done("before")) << "what is written now does not follow it";
  ASSERT_OK(database_->Transact([&](Transaction& tx) { return NoteClassesDone(tx, classes, absl::Now()); }));
  begin(classes);
  EXPECT_TRUE(done(classes));
}

}  // namespace
}  // namespace accord::storage
