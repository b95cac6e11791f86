#include "common/storage/database/statement_batch.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/storage/testing/fixture.h"

namespace accord::storage {
namespace {

using Changes = Storage;

INSTANTIATE_TEST_SUITE_P(Databases, Changes, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

constexpr char kInsert[] = "insert into counter (name, value) values (:p1, :p2)";

TEST_P(Changes, ThatGoTogetherAreAllThereOrNone) {
  const auto run = [&](const char* second) {
    return database_->Transact([&](Transaction& tx) {
      StatementBatch changes;
      changes.Add(kInsert, {std::string("a ") + second, 1LL});
      changes.Add("insert into counter (name, value) values (:p2, :p1)", {2LL, std::string(second)});
      changes.Add("update counter set value = value + :p1 where name = :p2", {5LL, std::string("first")});
      return changes.Run(tx);
    });
  };
  ASSERT_OK(database_->Transact([](Transaction& tx) { return tx.Exec(kInsert, "first", 1).status(); }));
  ASSERT_OK(run("b"));
  EXPECT_EQ(Counter("a b"), 1);
  EXPECT_EQ(Counter("b"), 2);
  EXPECT_EQ(Counter("first"), 6);
  EXPECT_EQ(RuleOf(run("first")), "ALREADY_EXISTS");
  EXPECT_EQ(Counter("a first"), std::nullopt);
  EXPECT_EQ(Counter("first"), 6);
}

TEST_P(Changes, KeepTheirParametersWhateverTheirNumber) {
  ASSERT_OK(database_->Transact([](Transaction& tx) {
    StatementBatch changes;
    for (long long i = 0; i < 12; ++i) changes.Add(kInsert, {absl::StrCat("n", i), i});
    changes.Add("insert into counter (name, value) values ('x:p1', :p1)", {99LL});
    changes.Add(kInsert, {std::string("none"), Value()});
    return changes.Run(tx);
  }));
  for (int i = 0; i < 12; ++i) EXPECT_EQ(Counter(absl::StrCat("n", i)), i);
  EXPECT_EQ(Counter("x:p1"), 99);
  EXPECT_EQ(Counter("none"), std::nullopt);
}

TEST_P(Changes, NoneIsNoStatement) {
  EXPECT_OK(database_->Transact([](Transaction& tx) { return StatementBatch().Run(tx); }));
  EXPECT_OK(database_->Read([](Transaction&) { return absl::OkStatus(); }));
}

// A session is reused at once, so nothing of one transaction may be left for the next.
TEST_P(Changes, OfOneSessionFollowEachOther) {
  const auto fail = [](Transaction& tx) { return tx.Exec("insert into nowhere (x) values (1)").status(); };
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(Counter(absl::StrCat(i)), std::nullopt);
    EXPECT_THAT(database_->Transact(fail), RefusedBy("DATABASE_ERROR"));
    EXPECT_THAT(database_->Read(fail), RefusedBy("DATABASE_ERROR"));
    EXPECT_OK(
        database_->Transact([&](Transaction& tx) { return tx.Exec(kInsert, absl::StrCat(i), i).status(); }));
    EXPECT_EQ(Counter(absl::StrCat(i)), i);
  }
}

// A read transaction sees one state of the database, from its first statement on.
TEST_P(Changes, MadeMeanwhileAreNotSeenByARead) {
  const auto add = [&](const char* name) {
    return database_->Transact([&](Transaction& tx) { return tx.Exec(kInsert, name, 1).status(); });
  };
  ASSERT_OK(add("one"));
  const auto count = [](Transaction& tx) {
    return std::get<0>(tx.Query<int64_t>("select count(*) from counter")->at(0));
  };
  ASSERT_OK(database_->Read([&](Transaction& tx) {
    EXPECT_EQ(count(tx), 1);
    EXPECT_TRUE(add("two").ok());
    EXPECT_EQ(count(tx), 1);
    return absl::OkStatus();
  }));
}

}  // namespace
}  // namespace accord::storage
