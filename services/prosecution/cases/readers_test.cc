// These tests show who reads a case, and all that belongs to it.
#include <algorithm>

#include "services/prosecution/link_store.h"
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class CaseReaders : public ProsecutionFixture {
 protected:
  v1::Case Get(const std::string& name, const Caller& caller) {
    v1::GetCaseRequest request;
    request.set_name(name);
    return Must(Call<v1::Case>(caller, request));
  }
  static v1::CreateLinkTokenRequest NewLink(const v1::Case& item, const Caller& caller) {
    v1::CreateLinkTokenRequest request;
    request.set_parent("agencies/" + caller.agency);
    request.mutable_link_token()->set_case_(item.name());
    request.mutable_link_token()->set_victim("v1");
    request.mutable_link_token()->set_support_agency("vs-york");
    request.mutable_link_token()->set_consent_on("2026-11-24");
    request.mutable_link_token()->set_expires_on("2026-12-31");
    return request;
  }
  // This gives a link of the case that this Crown made.
  std::string Link(const v1::Case& item, const Caller& caller) {
    const auto link = Call<v1::LinkToken>(caller, NewLink(item, caller));
    EXPECT_OK(link);
    return link.ok() ? link->name() : "";
  }
};

// Crowns read a case as they are assigned, the coordinator reads all cases (docs/domain.md 8), and the clerks
// of its office keep its dates (4.3).
TEST_F(CaseReaders, ACaseIsReadByItsCrownsTheCoordinatorAndTheOfficesClerksAlone) {
  v1::CreateCaseRequest request = NewCase();
  request.mutable_case_()->set_team_flag(false);
  v1::Case plain;
  ASSERT_EQ(Rule(Call<v1::Case>(colleague_, request), &plain), "");
  EXPECT_EQ(Get(plain.name(), coordinator_).name(), plain.name()) << "flagged or not";
  ASSERT_EQ(Assign(&plain, counsel_), "");
  EXPECT_EQ(Get(plain.name(), counsel_).name(), plain.name());
  v1::Case flagged = Assigned("26-2002");
  const v1::Accused accused = Charged(flagged);
  const Caller elsewhere_clerk = Crown("cr-ottawa", "clerk", annotations::v1::ROLE_CROWN_ADMIN);
  const Caller teams_clerk = Crown("cr-phtpt", "clerk", annotations::v1::ROLE_CROWN_ADMIN);
  for (const Caller& caller : {colleague_, team_, elsewhere_, elsewhere_clerk, teams_clerk}) {
    EXPECT_EQ(UnreadCase(flagged.name(), caller), "NOT_FOUND") << caller.agency << " " << caller.actor;
    EXPECT_EQ(Unread(accused.name(), caller), "NOT_FOUND") << caller.agency << " " << caller.actor;
    EXPECT_THAT(Board(caller), IsEmpty()) << caller.agency << " " << caller.actor;
  }
  for (const Caller& caller : {counsel_, coordinator_, clerk_}) {
    EXPECT_EQ(Get(flagged.name(), caller).name(), flagged.name()) << caller.actor;
    EXPECT_EQ(Read(accused.name(), caller).name(), accused.name()) << caller.actor;
    EXPECT_THAT(Board(caller), ::testing::ElementsAre(accused.name())) << caller.actor;
  }
  // Whoever takes over reads the case, and whoever has given it up no longer does.
  ASSERT_EQ(Assign(&flagged, team_), "");
  EXPECT_EQ(Read(accused.name(), team_).name(), accused.name());
  EXPECT_EQ(Unread(accused.name(), counsel_), "NOT_FOUND");
  EXPECT_THAT(Board(counsel_), IsEmpty());
}

TEST_F(CaseReaders, WhoOpensACaseReadsItWithoutWhatIsSensitiveUntilACrownIsAssigned) {
  const auto listed = [&](const Caller& caller) {
    const auto page = Call<v1::ListCasesResponse>(caller, v1::ListCasesRequest());
    EXPECT_OK(page);
    return page.ok() ? page->cases_size() : -1;
  };
  v1::Case item;
  ASSERT_EQ(Rule(Call<v1::Case>(colleague_, NewCase()), &item), "");
  EXPECT_EQ(item.opened_by(), colleague_.actor);
  EXPECT_EQ(Get(item.name(), colleague_).information_number(), item.information_number());
  EXPECT_EQ(Get(item.name(), colleague_).victims(0).ref(), "");
  EXPECT_EQ(listed(colleague_), 1);
  EXPECT_THAT(Call<v1::Case>(colleague_, NewCase()), RefusedBy(rules::kInformationTaken));
  EXPECT_THAT(Call<v1::Accused>(colleague_, NewAccused(item)), RefusedBy(rules::kNotAssigned));
  // A person of the same id at another office, and everybody else of this one, reads nothing.
  EXPECT_EQ(
      UnreadCase(item.name(), Crown("cr-ottawa", colleague_.actor, annotations::v1::ROLE_CROWN_COUNSEL)),
      "NOT_FOUND");
  EXPECT_EQ(UnreadCase(item.name(), counsel_), "NOT_FOUND");
  ASSERT_EQ(Assign(&item, counsel_), "");
  EXPECT_EQ(UnreadCase(item.name(), colleague_), "NOT_FOUND");
  EXPECT_EQ(listed(colleague_), 0);
  EXPECT_EQ(listed(counsel_), 1);
}

TEST_F(CaseReaders, WhoOpensACaseAndDeclaresAConflictReadsItNoMore) {
  v1::Case item;
  ASSERT_EQ(Rule(Call<v1::Case>(colleague_, NewCase()), &item), "");
  v1::DeclareCaseConflictRequest request;
  request.set_name(item.name());
  request.set_etag(item.etag());
  ASSERT_OK(Call<v1::Case>(colleague_, request));
  EXPECT_EQ(UnreadCase(item.name(), colleague_), "NOT_FOUND");
  EXPECT_EQ(Call<v1::ListCasesResponse>(colleague_, v1::ListCasesRequest())->cases_size(), 0);
}

TEST_F(CaseReaders, WhoIsAClerkTooReadsDatesAloneOfACaseThatIsNotAssigned) {
  const v1::Case item = Assigned();
  const v1::Accused accused = Charged(item);
  Caller both = clerk_;
  both.roles.push_back(annotations::v1::ROLE_CROWN_COUNSEL);
  EXPECT_EQ(Read(accused.name(), both).name(), accused.name());
  EXPECT_EQ(Read(accused.name(), both).accused_ref(), "");
  const auto board = Call<v1::ListBoardResponse>(both, v1::ListBoardRequest());
  ASSERT_OK(board);
  ASSERT_THAT(board->accused(), SizeIs(1));
  EXPECT_EQ(board->accused(0).accused_ref(), "");
}

TEST_F(CaseReaders, TheBoardsPagesAreFullOfWhatIsReadAndTellOfNothingElse) {
  std::vector<std::string> own;
  for (int i = 0; i < 4; ++i) {
    own.push_back(Charged(Assigned(absl::StrCat("26-own-", i))).name());
    v1::Case others = Opened(absl::StrCat("26-others-", i));
    ASSERT_EQ(Assign(&others, colleague_), "");
    ASSERT_OK(Call<v1::Accused>(colleague_, NewAccused(others)));
  }
  v1::ListBoardRequest request;
  request.set_page_size(4);
  const auto page = Call<v1::ListBoardResponse>(counsel_, request);
  ASSERT_OK(page);
  EXPECT_THAT(page->accused(), SizeIs(4));
  EXPECT_EQ(page->next_page_token(), "");
  EXPECT_THAT(Board(counsel_), ::testing::UnorderedElementsAreArray(own));
}

TEST_F(CaseReaders, PagesOfLinksAreFullOfWhatIsReadAndTellOfNothingElse) {
  std::vector<std::string> own;
  for (int i = 0; i < 3; ++i) {
    own.push_back(Link(Assigned(absl::StrCat("26-own-", i)), counsel_));
    v1::Case others = Opened(absl::StrCat("26-others-", i));
    ASSERT_EQ(Assign(&others, colleague_), "");
    Link(others, colleague_);
  }
  std::vector<std::string> listed;
  std::vector<int> sizes;
  v1::ListLinkTokensRequest request;
  request.set_page_size(2);
  do {
    const auto page = Call<v1::ListLinkTokensResponse>(counsel_, request);
    ASSERT_OK(page);
    sizes.push_back(page->link_tokens_size());
    for (const auto& link : page->link_tokens()) listed.push_back(link.name());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(listed, ::testing::UnorderedElementsAreArray(own));
  EXPECT_THAT(sizes, ::testing::ElementsAre(2, 1));
  // A page that shows all that its reader may see does not tell that others' links follow.
  request.set_page_size(3);
  EXPECT_EQ(Must(Call<v1::ListLinkTokensResponse>(counsel_, request)).next_page_token(), "");
}

TEST_F(CaseReaders, WhoHasTwoSeatsReadsEachRowOnce) {
  Caller both = clerk_;
  both.roles.push_back(annotations::v1::ROLE_CROWN_COUNSEL);
  v1::Case own = Opened("26-own"), others = Opened("26-others");
  ASSERT_EQ(Assign(&own, both), "");
  ASSERT_EQ(Assign(&others, counsel_), "");
  const v1::Accused first = Charged(others, "2026-02-01");
  v1::Accused second;
  ASSERT_EQ(Rule(Call<v1::Accused>(both, NewAccused(own)), &second), "");
  EXPECT_THAT(Board(both), ::testing::ElementsAre(second.name(), first.name()));
  const std::string link = Link(own, both), other = Link(others, counsel_);
  const auto listed = Call<v1::ListLinkTokensResponse>(both, v1::ListLinkTokensRequest());
  ASSERT_OK(listed);
  std::vector<std::string> names;
  for (const auto& each : listed->link_tokens()) names.push_back(each.name());
  EXPECT_THAT(names, ::testing::UnorderedElementsAre(link, other));
}

TEST_F(CaseReaders, LinksFollowWhoActsInTheirCase) {
  v1::Case item = Assigned();
  const std::string link = Link(item, counsel_);
  const auto listed = [&](const Caller& caller) {
    std::vector<std::string> names;
    const auto page = Call<v1::ListLinkTokensResponse>(caller, v1::ListLinkTokensRequest());
    EXPECT_OK(page);
    if (page.ok()) {
      for (const auto& each : page->link_tokens()) names.push_back(each.name());
    }
    return names;
  };
  EXPECT_THAT(listed(counsel_), ::testing::ElementsAre(link));
  EXPECT_THAT(listed(colleague_), IsEmpty());
  ASSERT_EQ(Assign(&item, colleague_), "");
  EXPECT_THAT(listed(counsel_), IsEmpty());
  EXPECT_THAT(listed(colleague_), ::testing::ElementsAre(link));
  v1::DeclareCaseConflictRequest conflict;
  conflict.set_name(item.name());
  conflict.set_etag(item.etag());
  ASSERT_OK(Call<v1::Case>(colleague_, conflict));
  EXPECT_THAT(listed(colleague_), IsEmpty());
}

TEST_F(CaseReaders, WhatWasStoredBeforeThereWereSeatsIsPlacedByTheFirstSweep) {
  const v1::Case item = Assigned();
  const v1::Accused accused = Charged(item);
  const std::string link = Link(item, counsel_);
  const auto before = in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(tx.Exec("delete from board where viewer <> 'cr-york'").status());
    ACCORD_RETURN_IF_ERROR(tx.Exec("delete from link_seat").status());
    ACCORD_RETURN_IF_ERROR(tx.Exec("delete from case_link").status());
    for (const auto& [kind, name] : {std::pair<std::string, std::string>{"accused", accused.name()},
                                     {"link_token", link},
                                     {"link_token", "agencies/cr-york/linkTokens/gone"}}) {
      ACCORD_RETURN_IF_ERROR(
          tx.Exec("insert into unplaced (kind, name) values (:p1, :p2)", kind, name).status());
    }
    return absl::OkStatus();
  });
  ASSERT_OK(before);
  ASSERT_THAT(Board(counsel_), IsEmpty());
  Sweep();
  EXPECT_THAT(Board(counsel_), ::testing::ElementsAre(accused.name()));
  EXPECT_THAT(Board(coordinator_), ::testing::ElementsAre(accused.name()));
  const auto listed = Call<v1::ListLinkTokensResponse>(counsel_, v1::ListLinkTokensRequest());
  ASSERT_OK(listed);
  EXPECT_THAT(listed->link_tokens(), SizeIs(1));
}

TEST_F(CaseReaders, ARecordThatCannotBeReadKeepsNoOtherFromBeingPlaced) {
  std::vector<std::string> names;
  for (const char* information : {"26-1001", "26-2002"}) {
    names.push_back(Charged(Assigned(information)).name());
  }
  std::sort(names.begin(), names.end());
  // The sweep goes by names, and so comes to the damaged one first.
  const std::string &damaged = names[0], &sound = names[1];
  std::string body;
  const auto before = in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
    ACCORD_ASSIGN_OR_RETURN(
        const auto rows,
        tx.Query<std::string>("select body from resource where kind = 'accused' and name = :p1", damaged));
    body = std::get<0>(rows.at(0));
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("update resource set body = 'damaged' where kind = 'accused' and name = :p1", damaged)
            .status());
    ACCORD_RETURN_IF_ERROR(tx.Exec("delete from board where viewer <> 'cr-york'").status());
    return tx
        .Exec("insert into unplaced (kind, name) values ('accused', :p1), ('accused', :p2)", damaged, sound)
        .status();
  });
  ASSERT_OK(before);
  Sweep();
  EXPECT_THAT(Board(counsel_), ::testing::ElementsAre(sound));
  const auto repaired = in_process_.database().Transact([&](storage::Transaction& tx) {
    return tx.Exec("update resource set body = :p1 where kind = 'accused' and name = :p2", body, damaged)
        .status();
  });
  ASSERT_OK(repaired);
  // The next process tries it again, once it has the lease.
  ProsecutionServices next(&in_process_.database(), &in_process_.page_tokens(), &in_process_.clock(),
                           RealRules());
  in_process_.clock().Advance(absl::Minutes(1));
  EXPECT_OK(next.sweeper().Sweep());
  EXPECT_THAT(Board(counsel_), ::testing::UnorderedElementsAre(damaged, sound));
}

TEST_F(CaseReaders, LinksAreAScanOfAnIndexWithoutASort) {
  for (const LinkQuery& query : {LinkQuery{.seats = {"cr-york#crown/counsel"}},
                                 LinkQuery{.seats = {"cr-york#crown/counsel"}, .after = "agencies/a"}}) {
    std::vector<storage::Value> params;
    const std::string sql = "explain query plan " + LinkSql(query, &params);
    const auto plan = in_process_.database().Read([&](storage::Transaction& tx) {
      return tx.QueryValues<int64_t, int64_t, int64_t, std::string>(sql, params);
    });
    ASSERT_OK(plan);
    std::string text;
    for (const auto& line : *plan) absl::StrAppend(&text, std::get<3>(line), "\n");
    EXPECT_THAT(text, ::testing::HasSubstr("SEARCH link_seat USING "));
    EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr("TEMP B-TREE")));
  }
}

TEST_F(CaseReaders, WhoIsAssignedNoMoreIsNotAnsweredALinkOnceMore) {
  v1::Case item = Assigned();
  v1::CreateLinkTokenRequest request = NewLink(item, counsel_);
  request.set_request_id("the-same-request");
  v1::LinkToken first, again;
  ASSERT_EQ(Rule(Call<v1::LinkToken>(counsel_, request), &first), "");
  ASSERT_EQ(Rule(Call<v1::LinkToken>(counsel_, request), &again), "");
  EXPECT_EQ(again.name(), first.name());
  ASSERT_EQ(Assign(&item, colleague_), "");
  EXPECT_THAT(Call<v1::LinkToken>(counsel_, request), RefusedBy(rules::kNotFound));
}

TEST_F(CaseReaders, WhoDeclaresAConflictIsAnsweredThatAloneAndReadsNoMore) {
  const v1::Case item = Assigned();
  v1::DeclareCaseConflictRequest request;
  request.set_name(item.name());
  request.set_etag(item.etag());
  v1::Case told;
  ASSERT_EQ(Rule(Call<v1::Case>(counsel_, request), &told), "");
  EXPECT_THAT(told.conflicts(), SizeIs(1));
  EXPECT_THAT(told.victims(), IsEmpty());
  EXPECT_EQ(told.information_number(), "");
  EXPECT_EQ(UnreadCase(item.name(), counsel_), "NOT_FOUND");
}

}  // namespace
}  // namespace accord::prosecution
