#include "common/storage/records/narrowed.h"

#include <gmock/gmock.h>

#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "common/storage/records/counts.h"
#include "common/storage/records/list_index.h"
#include "common/storage/records/narrowed_sql.h"
#include "common/storage/retention/retention.h"
#include "common/storage/testing/narrowed_fixture.h"

namespace accord::storage {
namespace {

class NarrowedLists : public NarrowedFixture {};

INSTANTIATE_TEST_SUITE_P(Databases, NarrowedLists, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(NarrowedLists, TellNothingOfWhatTheirReaderDoesNotSee) {
  for (int i = 0; i < 5; ++i) {
    Stored mine = Named(absl::StrCat("m", i), {"a"});
    mine.protocol.set_state(protocols::v1::PROTOCOL_STATE_DRAFT);
    Put(&mine, i);
  }
  const auto look = [&] {
    std::vector<std::vector<std::string>> pages;
    for (const char* where : {"", "state = draft", "state = in_force", "NOT state = draft",
                              "create_time > 1970-01-01T00:00:02Z"}) {
      for (const char* order : {"name", "create_time", "create_time desc"}) {
        for (auto& page : Pages(Query("a", where, order, 2))) pages.push_back(std::move(page));
      }
    }
    return pages;
  };
  const auto before = look();
  for (int i = 0; i < 20; ++i) {
    Stored hidden = Named(absl::StrCat("a", i), {"b"});
    hidden.protocol.set_state(i % 2 == 0 ? protocols::v1::PROTOCOL_STATE_DRAFT
                                         : protocols::v1::PROTOCOL_STATE_IN_FORCE);
    Put(&hidden, i % 5);
  }
  EXPECT_EQ(look(), before) << "the same rows, on pages of the same length";
}

TEST_P(NarrowedLists, EndWhereARecordIsSealedOrTakenFromItsReader) {
  Stored one = Named("one", {"a", "b"}), other = Named("other", {"a"});
  Put(&one, 1);
  Put(&other, 2);
  const ListQuery newest = Query("a", "create_time > 1970-01-01T00:00:00Z", "create_time desc");
  EXPECT_THAT(Names(newest), ::testing::ElementsAre(other.protocol.name(), one.protocol.name()));
  one.parties = {"b"};
  Change(&one);
  EXPECT_THAT(Names(newest), ::testing::ElementsAre(other.protocol.name()));
  const Write ends{"cas-york", "w1", "ends", absl::FromUnixSeconds(10)};
  ASSERT_OK(database_->Transact([&](Transaction& tx) {
    return EndRecord(tx, "protocol", other.protocol.name(), "sealed", End::kSealed, ends);
  }));
  EXPECT_TRUE(Names(newest).empty()) << "the end of a record leaves no list to be indexed first";
}

TEST_P(NarrowedLists, AskAFilterOfRowsThatARecordHasOnceHoweverManySeeIt) {
  Stored stored = Named("one", {"a", "b", "c"});
  stored.protocol.set_kind(protocols::v1::PROTOCOL_KIND_HT_ADDENDUM);
  Put(&stored, 1);
  const auto rows_of = [&](const std::string& field) {
    const auto rows = Must(database_->Read([&](Transaction& tx) {
      return tx.Query<int64_t>("select count(*) from visible where name = :p1 and field = :p2",
                               stored.protocol.name(), field);
    }));
    return std::get<0>(rows.at(0));
  };
  EXPECT_EQ(rows_of(":kind"), 1);
  EXPECT_EQ(rows_of(":create_time"), 3) << "where a page may begin is each viewer's own";
  for (const char* viewer : {"a", "b", "c"}) {
    EXPECT_EQ(Names(Query(viewer, "kind = ht_addendum", "create_time")).size(), 1u) << viewer;
  }
  EXPECT_TRUE(Names(Query("d", "kind = ht_addendum", "create_time")).empty());
  const Write ends{"cas-york", "w1", "ends", absl::FromUnixSeconds(10)};
  ASSERT_OK(database_->Transact([&](Transaction& tx) {
    return EndRecord(tx, "protocol", stored.protocol.name(), "sealed", End::kSealed, ends);
  }));
  EXPECT_EQ(rows_of(":kind"), 0) << "nothing of it is left in clear";
}

TEST_P(NarrowedLists, ShowNothingToWhoMayOnlyCount) {
  Stored counted = Named("counted", {"a"});
  ASSERT_OK(database_->Transact([&](Transaction& tx) {
    const Write write{"cas-york", "w1", "request", absl::FromUnixSeconds(1)};
    return protocols_.Insert(tx, &counted.protocol, write,
                             {"owner", "", {"a"}, {{"tally@#office", "x"}}, {"#office"}});
  }));
  EXPECT_TRUE(Names(Query("#office", "", "create_time")).empty());
  EXPECT_TRUE(Names(Query("#office", "kind = ''", "name")).empty());
}

TEST_P(NarrowedLists, HaveTokensForTheirReaderFilterAndOrderAlone) {
  for (int i = 0; i < 4; ++i) {
    Stored stored = Named(absl::StrCat("p", i), {"a", "b"});
    Put(&stored, i);
  }
  const std::string everything = "create_time >= 1970-01-01T00:00:00Z";
  ListQuery query = Query("a", everything, "create_time", 1);
  query.page_token = Must(PageOf(query)).next_page_token;
  EXPECT_OK(PageOf(query));
  ListQuery spaced = query;
  spaced.where = absl::StrCat(" (", everything, ")");
  EXPECT_OK(PageOf(spaced)) << "the same, written in another way";
  std::vector<ListQuery> others(4, query);
  others[0].viewer = "b";
  others[1].where = "create_time >= 1970-01-01T00:00:01Z";
  others[2].order_by = "create_time desc";
  others[3].where = "";
  others[3].order_by = "";
  for (const ListQuery& other : others) EXPECT_THAT(PageOf(other), RefusedBy(rules::kPageTokenInvalid));
}

TEST_P(NarrowedLists, RefuseWhatIsNotDeclared) {
  EXPECT_THAT(PageOf(Query("a", "title = x", "")), RefusedBy(rules::kFieldInvalid));
  EXPECT_THAT(PageOf(Query("a", "", "title")), RefusedBy(rules::kFieldInvalid));
  EXPECT_THAT(PageOf(Query("a", "state =", "")), RefusedBy(rules::kFieldInvalid));
}

TEST_P(NarrowedLists, LookAtSoManyRowsForAPageAndGoOnBehindThem) {
  ASSERT_OK(database_->Transact([&](Transaction& tx) -> absl::Status {
    for (int i = 0; i < kLookedAt + 20; ++i) {
      Stored stored = Named(absl::StrCat("p", 10000 + i), {"a"});
      stored.protocol.set_kind(i == kLookedAt + 10 ? protocols::v1::PROTOCOL_KIND_HT_ADDENDUM
                                                   : protocols::v1::PROTOCOL_KIND_MULTI_PARTY);
      ACCORD_RETURN_IF_ERROR(TryPut(tx, &stored, i));
    }
    return absl::OkStatus();
  }));
  const auto pages = Pages(Query("a", "kind = ht_addendum", "create_time"));
  ASSERT_EQ(pages.size(), 2u);
  EXPECT_TRUE(pages[0].empty());
  EXPECT_EQ(pages[1].size(), 1u);
  EXPECT_EQ(Pages(Query("a", "", "create_time", 1000)).size(), 2u) << "without a filter, pages are full";
}

TEST_P(NarrowedLists, FillAPageThatAFirstLookAtFewRowsDoesNotFill) {
  ASSERT_OK(database_->Transact([&](Transaction& tx) -> absl::Status {
    for (int i = 0; i < 600; ++i) {
      Stored stored = Named(absl::StrCat("p", 10000 + i), {"a"});
      stored.protocol.set_kind(i % 10 == 0 ? protocols::v1::PROTOCOL_KIND_HT_ADDENDUM
                                           : protocols::v1::PROTOCOL_KIND_MULTI_PARTY);
      ACCORD_RETURN_IF_ERROR(TryPut(tx, &stored, i));
    }
    return absl::OkStatus();
  }));
  const ListQuery few = Query("a", "kind = ht_addendum", "create_time", 50);
  const Narrowed by = Must(NarrowedBy(few, *Protocol::descriptor()));
  const std::string kind = "protocol";
  EXPECT_EQ(FirstLook({kind, few, by}, 51), 51 * kRowsForOne)
      << "where the filter passes many, that is enough";
  const auto pages = Pages(few);
  ASSERT_EQ(pages.size(), 2u);
  EXPECT_EQ(pages[0].size(), 50u);
  EXPECT_EQ(pages[1].size(), 10u);
  EXPECT_EQ(Pages(Query("a", "kind = multi_party", "create_time", 50)).front().size(), 50u);
}

TEST_P(NarrowedLists, FindWhatHasAValueWhetherFewOrManyHaveOne) {
  constexpr int kUnsetOnes = 40;
  int made = 0;
  const auto put = [&](int count, protocols::v1::ProtocolState state) {
    ASSERT_OK(database_->Transact([&](Transaction& tx) -> absl::Status {
      for (int i = 0; i < count; ++i) {
        Stored stored = Named(absl::StrCat("p", 10000 + made), {made % 3 == 0 ? "a" : "b", "c"});
        stored.protocol.set_state(state);
        ACCORD_RETURN_IF_ERROR(TryPut(tx, &stored, made++));
      }
      return absl::OkStatus();
    }));
  };
  put(kUnsetOnes, protocols::v1::PROTOCOL_STATE_UNSPECIFIED);
  EXPECT_EQ(Names(Query("c", "state != ''", "create_time desc")).size(), 0u);
  put(30, protocols::v1::PROTOCOL_STATE_DRAFT);
  EXPECT_EQ(Names(Query("c", "state != ''", "create_time desc")).size(), 30u);
  EXPECT_EQ(Names(Query("a", "state != ''", "create_time desc")).size(), 10u);
  put(kLookedAt, protocols::v1::PROTOCOL_STATE_IN_FORCE);
  EXPECT_EQ(Names(Query("c", "state != ''", "create_time desc")).size(), 30u + kLookedAt);
  for (const char* where :
       {"state = ''", "NOT state != ''", "state = '' OR (state = draft AND state = in_force)"}) {
    EXPECT_EQ(Names(Query("c", where, "create_time")).size(), std::size_t{kUnsetOnes}) << where;
  }
}

TEST_P(NarrowedLists, AskNothingOfARowThatItsRangeAnswers) {
  const std::string kind = "protocol", look = "from visible f";
  const auto looks = [&](const std::string& where, const std::string& order) {
    const ListQuery query = Query("a", where, order);
    const Narrowed by = Must(NarrowedBy(query, *Protocol::descriptor()));
    const NarrowedPage page{kind, query, by};
    const std::string sql = NarrowedSql(page, FirstLook(page, 51), 51, [](const Value&) { return ":p1"; });
    const std::vector<std::string> parts = absl::StrSplit(sql, look);
    return std::pair(parts.size() - 1, FirstLook(page, 51));
  };
  using ::testing::Pair;
  for (const char* order : {"name", "create_time", "create_time desc"}) {
    EXPECT_THAT(looks("state = draft", order), Pair(0u, 51)) << order;
    EXPECT_THAT(looks("state = draft AND kind = multi_party", order), Pair(1u, 51 * kRowsForOne));
    EXPECT_THAT(looks("kind = multi_party AND (state = draft AND NOT kind = ht_addendum)", order),
                Pair(2u, 51 * kRowsForOne));
    EXPECT_THAT(looks("NOT state = draft", order), Pair(1u, 51 * kRowsForOne)) << "no range answers that";
  }
}

TEST_P(NarrowedLists, KnowWhatAnotherVersionStoredOnlyOnceItIsIndexed) {
  Stored stored = Named("one", {"a", "b"}), other = Named("other", {"b"});
  stored.protocol.set_state(protocols::v1::PROTOCOL_STATE_DRAFT);
  Put(&stored, 1);
  Put(&other, 2);
  // This stores as the previous version does: a new version of the record, without these rows.
  ASSERT_OK(database_->Transact([&](Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(tx.Exec("delete from visible where substr(field, 1, 1) = :p1", ":").status());
    return tx.Exec("update resource set version = version + 1").status();
  }));
  const ListQuery drafts = Query("a", "state = draft", "create_time");
  EXPECT_THAT(PageOf(drafts), RefusedBy(rules::kListNotReady));
  EXPECT_EQ(Names({"a", {}, 10, "", ""}).size(), 1u) << "the list as such is whole";
  const auto index = [&](int limit) {
    return Must(database_->Transact([&](Transaction& tx) { return ListOlder(tx, "protocols", limit); }));
  };
  EXPECT_EQ(index(1), 1);
  EXPECT_THAT(PageOf(drafts), RefusedBy(rules::kListNotReady));
  EXPECT_EQ(index(10), 1);
  EXPECT_EQ(index(10), 0);
  EXPECT_THAT(Names(drafts), ::testing::ElementsAre(stored.protocol.name()));
  EXPECT_EQ(Names(Query("b", "", "create_time")).size(), 2u);
}

TEST_P(NarrowedLists, TellHowManyOfATimeHaveEachValueOfWhatTheirReaderSees) {
  const std::vector<std::pair<int, std::string>> made = {
      {10, "x"}, {11, "x"}, {11, "y"}, {19, "x"}, {20, "y"}};
  for (std::size_t i = 0; i < made.size(); ++i) {
    const auto& [second, value] = made[i];
    Stored both = Named(absl::StrCat("both", i), {"a", "b"}),
           hidden = Named(absl::StrCat("hidden", i), {"b"});
    both.fields = hidden.fields = {{"tally", value}};
    Put(&both, second);
    Put(&hidden, second);
  }
  const auto* created = listing::FindField(listing::FieldsOf(*Protocol::descriptor()), "create_time");
  ASSERT_NE(created, nullptr);
  const auto count = [&](int from, int until) {
    return database_->Read([&](Transaction& tx) {
      return CountsWithin(tx, "protocol", "a", "tally",
                          {*created, absl::FromUnixSeconds(from), absl::FromUnixSeconds(until)});
    });
  };
  using ::testing::Pair;
  EXPECT_THAT(Must(count(10, 20)), ::testing::ElementsAre(Pair("x", 3), Pair("y", 1)));
  EXPECT_THAT(Must(count(11, 12)), ::testing::ElementsAre(Pair("x", 1), Pair("y", 1)));
  EXPECT_THAT(Must(count(20, 21)), ::testing::ElementsAre(Pair("y", 1)));
  EXPECT_THAT(Must(count(12, 19)), ::testing::IsEmpty());
  ASSERT_OK(database_->Transact(
      [](Transaction& tx) { return tx.Exec("update resource set listed = 0").status(); }));
  EXPECT_THAT(count(10, 20), RefusedBy(rules::kListNotReady));
}

// Each filtered list first asks whether all resources are indexed.
TEST_P(NarrowedLists, AskForWhatIsNotIndexedWithoutReadingTheTable) {
  const auto explained = database_->Transact([&](Transaction& tx) -> absl::StatusOr<std::string> {
    for (int i = 0; i < 1500; ++i) {
      Stored stored = Named(absl::StrCat("p", i), {"a"});
      ACCORD_RETURN_IF_ERROR(TryPut(tx, &stored, i));
    }
    std::string text;
    for (const std::string sql : {kUnlistedOfKind, kUnlistedOfAny}) {
      std::vector<Value> params;
      if (sql == kUnlistedOfKind) params.emplace_back(std::string("protocol"));
      if (tx.postgres()) {
        ACCORD_RETURN_IF_ERROR(tx.Exec("analyze resource").status());
        ACCORD_ASSIGN_OR_RETURN(const auto lines, tx.QueryValues<std::string>("explain " + sql, params));
        for (const auto& [line] : lines) absl::StrAppend(&text, line, "\n");
        continue;
      }
      ACCORD_ASSIGN_OR_RETURN(const auto lines, (tx.QueryValues<int64_t, int64_t, int64_t, std::string>(
                                                    "explain query plan " + sql, params)));
      for (const auto& line : lines) absl::StrAppend(&text, std::get<3>(line), "\n");
    }
    return text;
  });
  const std::string plans = Must(explained);
  EXPECT_THAT(plans, ::testing::ContainsRegex("resource_unlisted(.|\n)*resource_unlisted"));
  EXPECT_THAT(plans, ::testing::Not(::testing::HasSubstr("Seq Scan")));
}

TEST_P(NarrowedLists, AreRangesOfAnIndex) {
  ASSERT_OK(database_->Transact([&](Transaction& tx) -> absl::Status {
    for (int i = 0; i < 1500; ++i) {
      Stored stored = Named(absl::StrCat("p", i), {i % 2 == 0 ? "a" : "b"});
      stored.protocol.set_state(static_cast<protocols::v1::ProtocolState>(1 + i % 5));
      ACCORD_RETURN_IF_ERROR(TryPut(tx, &stored, i));
    }
    return absl::OkStatus();
  }));
  for (const char* where : {"", "state = draft", "state = draft AND NOT kind = multi_party"}) {
    for (const char* order : {"name", "create_time", "create_time desc"}) {
      const ListQuery query = Query("a", where, order);
      const Narrowed by = Must(NarrowedBy(query, *Protocol::descriptor()));
      const std::string kind = "protocol";
      NarrowedPage page{kind, query, by};
      page.after = RangePlace{"=", "agencies/a/protocols/p10"};
      std::vector<Value> params;
      const std::string sql = NarrowedSql(page, FirstLook(page, 51), 51, [&](Value value) {
        params.push_back(std::move(value));
        return absl::StrCat(":p", params.size());
      });
      const auto plan = database_->Transact([&](Transaction& tx) -> absl::StatusOr<std::string> {
        std::string text;
        if (tx.postgres()) {
          ACCORD_RETURN_IF_ERROR(tx.Exec("analyze visible").status());
          ACCORD_RETURN_IF_ERROR(tx.Exec("set local enable_seqscan = off").status());
          ACCORD_ASSIGN_OR_RETURN(const auto lines, tx.QueryValues<std::string>("explain " + sql, params));
          for (const auto& [line] : lines) absl::StrAppend(&text, line, "\n");
          return text;
        }
        ACCORD_ASSIGN_OR_RETURN(const auto lines, (tx.QueryValues<int64_t, int64_t, int64_t, std::string>(
                                                      "explain query plan " + sql, params)));
        for (const auto& line : lines) absl::StrAppend(&text, std::get<3>(line), "\n");
        return text;
      });
      ASSERT_OK(plan);
      EXPECT_THAT(*plan, ::testing::Not(::testing::HasSubstr("Seq Scan on visible"))) << *plan;
      EXPECT_THAT(*plan, ::testing::Not(::testing::HasSubstr("SCAN v"))) << *plan;
      // The agency and the field are the beginning of the key, so that no other viewer's rows are read.
      EXPECT_THAT(*plan, ::testing::AnyOf(::testing::HasSubstr(
                                              "sqlite_autoindex_visible_1 (kind=? AND agency=? AND field=?"),
                                          ::testing::HasSubstr("visible_pkey")))
          << *plan;
    }
  }
}

}  // namespace
}  // namespace accord::storage
