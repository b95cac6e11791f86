#include "common/storage/records/resources.h"

#include <gmock/gmock.h>

#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/storage/records/feed.h"
#include "common/storage/records/gone.h"
#include "common/storage/retention/retention.h"
#include "common/storage/testing/resource_table.h"

namespace accord::storage {
namespace {

INSTANTIATE_TEST_SUITE_P(Databases, ResourceTable, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(ResourceTable, InvisibleAndAbsentAreTheSameBytes) {
  Put("agencies/a/systems/s", {"a"});
  System out;
  const auto get = [&](const std::string& name, const std::string& viewer) {
    return database_->Read([&](Transaction& tx) { return systems_.Get(tx, name, viewer, &out); });
  };
  EXPECT_OK(get("agencies/a/systems/s", "a"));
  EXPECT_EQ(StatusDetails(get("agencies/a/systems/s", "b")),
            StatusDetails(get("agencies/a/systems/none", "b")));
}

TEST_P(ResourceTable, UpdateNeedsTheStoredEtag) {
  System system = Put("agencies/a/systems/s", {"a"});
  const std::string first = system.etag();
  const auto update = [&](const std::string& etag) {
    return database_->Transact([&](Transaction& tx) {
      return systems_.Update(tx, &system, etag, write_, {"a", "active", {"a"}, {}});
    });
  };
  EXPECT_OK(update(first));
  const absl::Status late = update(first);
  EXPECT_EQ(RuleOf(late), "ETAG_MISMATCH");
  EXPECT_NE(system.etag(), first);
  EXPECT_THAT(StatusDetails(late), ::testing::HasSubstr(system.etag()))
      << "whoever was late is told the present one";
}

TEST_P(ResourceTable, ATakenNameIsRefused) {
  Put("agencies/a/systems/s", {"a"});
  System again;
  again.set_name("agencies/a/systems/s");
  EXPECT_EQ(RuleOf(database_->Transact([&](Transaction& tx) {
              return systems_.Insert(tx, &again, write_, {"a", "active", {"a"}, {}});
            })),
            "ALREADY_EXISTS");
}

TEST_P(ResourceTable, EveryWriteLeavesARevisionAndAnEvent) {
  System system = Put("agencies/a/systems/s", {"a"});
  ASSERT_OK(database_->Transact([&](Transaction& tx) {
    return systems_.Update(tx, &system, system.etag(), write_, {"a", "suspended", {"a"}, {}});
  }));
  ASSERT_OK(NumberEvents(database_.get(), 10));
  const auto seen_by = [&](const char* viewer) {
    return database_->Read(
        [&](Transaction& tx) { return EventsOf(tx, {.kind = "system", .viewer = viewer}); });
  };
  const auto events = seen_by("a");
  ASSERT_OK(events);
  ASSERT_EQ(events->size(), 2u);
  EXPECT_EQ((*events)[1].state, "suspended");
  EXPECT_EQ((*events)[1].agency, write_.agency);
  EXPECT_EQ(seen_by("b")->size(), 0u);
  auto revisions = database_->Read([&](Transaction& tx) {
    return tx.Query<int64_t, std::string>(
        "select version, actor from revision where name = :p1 order by version",
        std::string("agencies/a/systems/s"));
  });
  EXPECT_THAT(*revisions, ::testing::ElementsAre(std::tuple(1, "w1"), std::tuple(2, "w1")));
}

TEST_P(ResourceTable, ListsAgreeWithANaiveOracle) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  const auto pick = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  const std::vector<std::string> agencies = {"a", "b", "c", "*"};
  struct Row {
    std::string name;
    std::set<std::string> parties;
    std::map<std::string, std::string> fields;
  };
  std::vector<Row> rows;
  for (int i = 0; i < 120; ++i) {
    Row row{absl::StrCat("agencies/", agencies[pick(3)], "/systems/s", i), {}, {}};
    for (const auto& agency : agencies) {
      if (pick(3) == 0) row.parties.insert(agency);
    }
    row.fields = {{"color", absl::StrCat(pick(2))}, {"size", absl::StrCat(pick(3))}};
    Put(row.name, {row.parties.begin(), row.parties.end()}, row.fields);
    rows.push_back(row);
  }
  for (int round = 0; round < 60; ++round) {
    ListQuery query{agencies[pick(3)], {}, 1 + pick(40), "", ""};
    if (pick(2)) query.filters.emplace_back("color", absl::StrCat(pick(2)));
    if (pick(2)) query.filters.emplace_back("size", absl::StrCat(pick(3)));
    if (pick(3) == 0) query.prefix = "agencies/b/";
    std::vector<std::string> expected;
    for (const auto& row : rows) {
      bool in = (row.parties.contains(query.viewer) || row.parties.contains("*")) &&
                row.name.starts_with(query.prefix);
      for (const auto& [field, value] : query.filters) in = in && row.fields.at(field) == value;
      if (in) expected.push_back(row.name);
    }
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(Names(query), expected);
    std::map<std::string, int64_t> colors;
    for (const auto& row : rows) {
      if (row.parties.contains(query.viewer)) ++colors[row.fields.at("color")];
    }
    const auto counted =
        database_->Read([&](Transaction& tx) { return systems_.CountBy(tx, query.viewer, "color"); });
    ASSERT_OK(counted);
    EXPECT_EQ((std::map<std::string, int64_t>(counted->begin(), counted->end())), colors);
  }
}

TEST_P(ResourceTable, WhoMayOnlyCountSeesNothingElse) {
  System system;
  system.set_name("agencies/a/systems/s");
  ASSERT_OK(database_->Transact([&](Transaction& tx) {
    return systems_.Insert(tx, &system, write_,
                           {"a", "active", {"a"}, {{"tally@#office", "x"}}, {"#office"}});
  }));
  const auto count =
      database_->Read([&](Transaction& tx) { return systems_.CountBy(tx, "#office", "tally"); });
  EXPECT_THAT(*count, ::testing::ElementsAre(std::pair("x", 1)));
  EXPECT_TRUE(Names({"#office", {}, 10, "", ""}).empty());
  EXPECT_TRUE(absl::IsNotFound(
      database_->Read([&](Transaction& tx) { return systems_.Get(tx, system.name(), "#office", &system); })));
}

TEST_P(ResourceTable, WhatIsRemovedIsGoneButItsHistoryStays) {
  System system = Put("agencies/a/systems/s", {"a"});
  const auto remove = [&](const std::string& etag) {
    return database_->Transact([&](Transaction& tx) { return systems_.Remove(tx, &system, etag, write_); });
  };
  EXPECT_EQ(RuleOf(remove("v9")), "ETAG_MISMATCH");
  ASSERT_OK(remove(system.etag()));
  EXPECT_TRUE(Names({"a", {}, 10, "", ""}).empty());
  const auto revisions =
      database_->Read([&](Transaction& tx) { return systems_.Revisions<System>(tx, system.name()); });
  ASSERT_EQ(revisions->size(), 2u);
  EXPECT_EQ((*revisions)[0].item.name(), system.name());
}

TEST_P(ResourceTable, APageTokenIsForItsCallerAndListOnly) {
  for (int i = 0; i < 3; ++i) Put(absl::StrCat("agencies/a/systems/s", i), {"a", "b"});
  const auto list = [&](const std::string& viewer, const std::string& token) {
    return database_->Read([&](Transaction& tx) {
      return systems_.List<System>(tx, {viewer, {}, 1, token, ""});
    });
  };
  const std::string token = list("a", "")->next_page_token;
  EXPECT_OK(list("a", token));
  EXPECT_EQ(RuleOf(list("b", token).status()), "PAGE_TOKEN_INVALID");
  EXPECT_EQ(RuleOf(list("a", token + "A").status()), "PAGE_TOKEN_INVALID");
  EXPECT_EQ(RuleOf(list("a", "agencies/a").status()), "PAGE_TOKEN_INVALID");
}

TEST_P(ResourceTable, AListIsAnIndexRange) {
  ASSERT_OK(database_->Transact([](Transaction& tx) -> absl::Status {
    for (int i = 0; i < 6000; ++i) {
      ACCORD_RETURN_IF_ERROR(tx.Exec("insert into visible (kind, agency, field, value, name) values "
                                     "('system', :p1, '', '', :p2)",
                                     std::string(i % 2 ? "a" : "b"), absl::StrCat("agencies/a/systems/s", i))
                                 .status());
    }
    return absl::OkStatus();
  }));
  const auto plan_of = [&](const std::string& scan) {
    return database_->Transact([&](Transaction& tx) -> absl::StatusOr<std::string> {
      std::string text;
      if (tx.postgres()) {
        ACCORD_RETURN_IF_ERROR(tx.Exec("analyze visible").status());
        ACCORD_RETURN_IF_ERROR(tx.Exec("set local enable_seqscan = off").status());
        ACCORD_ASSIGN_OR_RETURN(auto lines, tx.Query<std::string>("explain " + scan));
        for (auto& [line] : lines) absl::StrAppend(&text, line, "\n");
      } else {
        ACCORD_ASSIGN_OR_RETURN(
            auto lines, (tx.Query<int64_t, int64_t, int64_t, std::string>("explain query plan " + scan)));
        for (auto& line : lines) absl::StrAppend(&text, std::get<3>(line), "\n");
      }
      return text;
    });
  };
  const auto list = plan_of(
      "select v.name from visible v where v.kind = 'system' and v.agency = 'a' and v.field = '' and v.value "
      "= '' "
      "and v.name > 'agencies/a/systems/s10' order by v.name limit 10");
  ASSERT_OK(list);
  EXPECT_THAT(*list, ::testing::AnyOf(::testing::HasSubstr("USING COVERING INDEX sqlite_autoindex_visible_1"),
                                      ::testing::HasSubstr("visible_pkey")));
  EXPECT_THAT(*list, ::testing::Not(::testing::HasSubstr("Sort")));
  EXPECT_THAT(*list, ::testing::Not(::testing::HasSubstr("TEMP B-TREE")));
  // This is what an update asks, as Resources::Place does.
  const auto place = plan_of(
      "select agency, field, value from visible where kind = 'system' and name = 'agencies/a/systems/s10'");
  ASSERT_OK(place);
  EXPECT_THAT(*place, ::testing::HasSubstr("visible_by_name"));
  // A get asks whether it is visible first, so that what is not takes the steps of what does not exist.
  const auto get = plan_of(
      "select (select r.body from resource r where r.kind = v.kind and r.name = v.name) from visible v where "
      "v.kind = 'system' and v.agency in ('a', '*') and v.field = '' and v.value = '' and v.name = "
      "'agencies/a/systems/s10' limit 1");
  ASSERT_OK(get);
  const size_t visible = get->find("visible"), resource = get->find("resource");
  EXPECT_LT(visible, resource) << *get;
  EXPECT_THAT(*get, ::testing::AnyOf(::testing::HasSubstr("SubPlan"),
                                     ::testing::HasSubstr("CORRELATED SCALAR SUBQUERY")))
      << *get;
}

TEST_P(ResourceTable, APageEndsBeforeItsBytesRunOutButNeverBeforeItsFirstRow) {
  const auto put = [&](const std::string& id, std::size_t bytes) {
    System system;
    system.set_name("agencies/a/systems/" + id);
    system.set_display_name(std::string(bytes, 'x'));
    ASSERT_OK(database_->Transact([&](Transaction& tx) {
      return systems_.Insert(tx, &system, write_, {"a", "active", {"a"}, {}});
    }));
  };
  // This is stored in base 64, with four bytes for three.
  put("a", kPageBytes * 2);
  put("b", kPageBytes * 2);
  put("c", kPageBytes * 3 / 16);
  put("d", kPageBytes * 3 / 16);
  put("e", kPageBytes * 3 / 16);
  put("f", kPageBytes * 3 / 8);
  put("g", 10);
  std::vector<std::size_t> pages;
  ListQuery query{"a", {}, 1000, "", ""};
  do {
    const auto page = *database_->Read([&](Transaction& tx) { return systems_.List<System>(tx, query); });
    pages.push_back(page.items.size());
    query.page_token = page.next_page_token;
  } while (!query.page_token.empty());
  EXPECT_THAT(pages, ::testing::ElementsAre(1, 1, 3, 2));
  EXPECT_EQ(Names({"a", {}, 2, "", ""}).size(), 7u);
}

TEST_P(ResourceTable, PagesOfRevisionsEndBeforeTheirBytesRunOut) {
  System system = Put("agencies/a/systems/s", {"a"});
  for (int version = 2; version <= 10; ++version) {
    system.set_display_name(std::string(kPageBytes * 3 / 10, 'x'));
    ASSERT_OK(database_->Transact([&](Transaction& tx) {
      const std::string etag = system.etag();
      return systems_.Update(tx, &system, etag, write_, {"a", "active", {"a"}, {}});
    }));
  }
  std::vector<int64_t> versions;
  std::string token;
  int pages = 0;
  do {
    const auto page = *database_->Read(
        [&](Transaction& tx) { return systems_.RevisionPage<System>(tx, system.name(), 1000, token); });
    for (const auto& revision : page.items) versions.push_back(revision.version);
    token = page.next_page_token;
    ++pages;
  } while (!token.empty());
  EXPECT_THAT(versions, ::testing::ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
  EXPECT_EQ(pages, 5);
  EXPECT_EQ(
      database_->Read([&](Transaction& tx) { return systems_.Revisions<System>(tx, system.name()); })->size(),
      10u);
}

TEST_P(ResourceTable, TheLatestRevisionsAreTheLastOnesNewestFirst) {
  System system = Put("agencies/a/systems/s", {"a"});
  for (const char* name : {"second", "third"}) {
    system.set_display_name(name);
    ASSERT_OK(database_->Transact([&](Transaction& tx) {
      const std::string etag = system.etag();
      return systems_.Update(tx, &system, etag, write_, {"a", "active", {"a"}, {}});
    }));
  }
  const auto latest = *database_->Read(
      [&](Transaction& tx) { return systems_.LatestRevisions<System>(tx, system.name(), 2); });
  ASSERT_EQ(latest.size(), 2u);
  EXPECT_EQ(latest[0].version, 3);
  EXPECT_EQ(latest[0].item.display_name(), "third");
  EXPECT_EQ(latest[1].version, 2);
  EXPECT_EQ(latest[1].item.display_name(), "second");
}

TEST_P(ResourceTable, TheVersionBeforeTheFirstIsNone) {
  System system = Put("agencies/a/systems/s", {"a"});
  system.set_display_name("second");
  ASSERT_OK(database_->Transact([&](Transaction& tx) {
    const std::string etag = system.etag();
    return systems_.Update(tx, &system, etag, write_, {"a", "active", {"a"}, {}});
  }));
  const auto before = [&](int64_t version) {
    return *database_->Read(
        [&](Transaction& tx) { return systems_.VersionBefore<System>(tx, system.name(), version); });
  };
  EXPECT_FALSE(before(1).has_value());
  EXPECT_EQ(before(2)->display_name(), "");
  EXPECT_EQ(before(3)->display_name(), "second");
  EXPECT_FALSE(before(5).has_value());
}

TEST_P(ResourceTable, WhoFollowsARecordReadsNothingOfItAndFollowsItOn) {
  const std::string name = "agencies/a/systems/s";
  System system = Put(name, {"a"});
  ASSERT_OK(database_->Transact([&](Transaction& tx) { return LetFollow(tx, "system", name, {"b"}); }));
  ASSERT_OK(database_->Transact([&](Transaction& tx) {
    return systems_.Update(tx, &system, system.etag(), write_, {"a", "suspended", {"a"}, {}});
  }));
  ASSERT_OK(NumberEvents(database_.get(), 10));
  const auto told = Must(
      database_->Read([](Transaction& tx) { return EventsOf(tx, {.viewer = "b", .whole_agency = true}); }));
  EXPECT_EQ(told.size(), 2u);
  ListQuery query;
  query.viewer = "b";
  EXPECT_THAT(Names(query), ::testing::IsEmpty());
  System seen;
  EXPECT_TRUE(
      absl::IsNotFound(database_->Read([&](Transaction& tx) { return systems_.Get(tx, name, "b", &seen); })));
}

TEST_P(ResourceTable, WhatIsPurgedIsToldByItsNameAndWhatIsSealedIsNot) {
  for (const End end : {End::kSealed, End::kPurged}) {
    const std::string name = absl::StrCat("agencies/a/systems/", end == End::kSealed ? "sealed" : "purged");
    Put(name, {"a", "b", "c#director"});
    ASSERT_OK(database_->Transact([&](Transaction& tx) {
      return EndRecord(tx, "system", name, "a test", end, write_, {"a", "c", "d"});
    }));
    const auto gone_from = [&](const char* viewer) {
      return Must(database_->Read([&](Transaction& tx) { return GoneFrom(tx, "system", name, viewer); }));
    };
    EXPECT_EQ(gone_from("a"), end == End::kPurged ? std::optional(Gone::kPurged) : std::nullopt);
    EXPECT_EQ(gone_from("b"), std::nullopt) << "nobody said that b is told";
    EXPECT_EQ(gone_from("c"), std::nullopt) << "only its director saw it";
    EXPECT_EQ(gone_from("d"), std::nullopt) << "it never saw it";
  }
}

}  // namespace
}  // namespace accord::storage
