#include "common/storage/database/row_set.h"

#include <gmock/gmock.h>

#include "common/storage/testing/fixture.h"

namespace accord::storage {
namespace {

using ::testing::ElementsAre;
using Rows = Storage;

INSTANTIATE_TEST_SUITE_P(Databases, Rows, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

const std::vector<RowSet::Column> kColumns = {{"name", RowSet::kText}, {"value", RowSet::kNumber}};
// These are characters with a special meaning in an array's text form.
const std::vector<std::string> kOdd = {"plain",       "",  "NULL",        "a,b", "{x}",  "quote \" here",
                                       "back\\slash", "é", "line\nbreak", " ",   "\\\"", "'"};

TEST_P(Rows, StandAsTheyWereGiven) {
  RowSet rows("counter", kColumns);
  long long value = 0;
  for (const std::string& name : kOdd) rows.Add({name, ++value});
  ASSERT_OK(database_->Transact([&](Transaction& tx) { return rows.Insert(tx, RowSet::kFail); }));
  value = 0;
  for (const std::string& name : kOdd) EXPECT_EQ(Counter(name), ++value) << name;
}

TEST_P(Rows, ThatAreThereAreLeftOrRefused) {
  RowSet first("counter", kColumns), more("counter", kColumns);
  first.Add({std::string("a"), 1LL});
  more.Add({std::string("a"), 2LL});
  more.Add({std::string("b"), 3LL});
  const auto insert = [&](const RowSet& rows, RowSet::OnConflict on_conflict) {
    return database_->Transact([&](Transaction& tx) { return rows.Insert(tx, on_conflict); });
  };
  ASSERT_OK(insert(first, RowSet::kFail));
  EXPECT_EQ(RuleOf(insert(more, RowSet::kFail)), "ALREADY_EXISTS");
  EXPECT_EQ(Counter("b"), std::nullopt);
  EXPECT_OK(insert(more, RowSet::kLeave));
  EXPECT_EQ(Counter("a"), 1);
  EXPECT_EQ(Counter("b"), 3);
}

TEST_P(Rows, AreFoundByTheirColumns) {
  RowSet rows("counter", kColumns), asked("counter", kColumns);
  for (const std::string& name : kOdd) rows.Add({name, 1LL});
  ASSERT_OK(database_->Transact([&](Transaction& tx) { return rows.Insert(tx, RowSet::kFail); }));
  asked.Add({std::string("a,b"), 1LL});
  asked.Add({std::string("a,b"), 2LL});
  asked.Add({std::string("nobody"), 1LL});
  asked.Add({std::string("back\\slash"), 1LL});
  const auto present = database_->Read([&](Transaction& tx) { return asked.Present(tx); });
  ASSERT_OK(present);
  EXPECT_THAT(*present, ElementsAre(true, false, false, true));
}

TEST_P(Rows, OfSeveralTablesStandTogetherOrNotAtAll) {
  ASSERT_OK(database_->Transact(
      [](Transaction& tx) { return tx.Exec("create table other (name text primary key)").status(); }));
  RowSet first("counter", kColumns), second("other", {{"name", RowSet::kText}}), none("nowhere", kColumns);
  first.Add({std::string("a"), 1LL});
  first.Add({std::string("b"), 2LL});
  second.Add({std::string("c")});
  const auto insert = [&](const std::string& name) {
    return database_->Transact([&](Transaction& tx) {
      const std::vector<Insertion> all = {{&first, RowSet::kLeave}, {&none}, {&second}};
      return InsertAll(tx, all, "update counter set value = value + :p1 where name = :p2", {10LL, name});
    });
  };
  ASSERT_OK(database_->Transact([](Transaction& tx) {
    return tx.Exec("insert into counter (name, value) values ('before', 5)").status();
  }));
  const auto affected = insert("before");
  ASSERT_OK(affected);
  EXPECT_EQ(*affected, 1);
  EXPECT_EQ(Counter("before"), 15);
  EXPECT_EQ(Counter("b"), 2);
  EXPECT_EQ(RuleOf(insert("before").status()), "ALREADY_EXISTS") << "the other table has its row";
  EXPECT_EQ(Counter("before"), 15);
}

TEST_P(Rows, NoneIsNoStatement) {
  const RowSet none("no_such_table", kColumns);
  EXPECT_OK(database_->Transact([&](Transaction& tx) { return none.Insert(tx, RowSet::kFail); }));
  EXPECT_TRUE(database_->Read([&](Transaction& tx) { return none.Present(tx); })->empty());
}

}  // namespace
}  // namespace accord::storage
