// These tests show who lists which cases, and how lists are narrowed and ordered, on both databases.
#include <algorithm>

#include "common/testing/postgres.h"
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class CaseLists : public ProsecutionFixture, public ::testing::WithParamInterface<bool> {
 protected:
  CaseLists() : ProsecutionFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}

  static v1::ListCasesRequest Asking(const std::string& filter, const std::string& order_by = "",
                                     int page_size = 0) {
    v1::ListCasesRequest request;
    request.set_filter(filter);
    request.set_order_by(order_by);
    request.set_page_size(page_size);
    return request;
  }
  // This gives the informations of all pages.
  std::vector<std::string> Listed(const Caller& caller, v1::ListCasesRequest request) {
    std::vector<std::string> informations;
    do {
      const auto page = Must(Call<v1::ListCasesResponse>(caller, request));
      for (const auto& item : page.cases()) informations.push_back(item.information_number());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return informations;
  }
  // This assigns a case a minute after the one before, so that their order tells their ages.
  v1::Case AssignedLater(const std::string& information) {
    in_process_.clock().Advance(absl::Minutes(1));
    return Assigned(information);
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, CaseLists, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

// The rules are those of docs/domain.md 8 and 4.3, as for a single case.
TEST_P(CaseLists, AreOfWhatTheirReaderReadsOneByOne) {
  v1::CreateCaseRequest request = NewCase("26-1001");
  request.mutable_case_()->set_team_flag(false);
  const Caller opener = Crown("cr-york", "opener", annotations::v1::ROLE_CROWN_COUNSEL);
  ASSERT_OK(Call<v1::Case>(opener, request));
  v1::Case flagged = Assigned("26-2002");
  const Caller elsewhere_clerk = Crown("cr-ottawa", "clerk", annotations::v1::ROLE_CROWN_ADMIN);
  const Caller teams_clerk = Crown("cr-phtpt", "clerk", annotations::v1::ROLE_CROWN_ADMIN);
  for (const char* filter : {"", "team_flag = true OR team_flag = false"}) {
    for (const Caller& caller : {colleague_, team_, elsewhere_, elsewhere_clerk, teams_clerk}) {
      const auto page = Must(Call<v1::ListCasesResponse>(caller, Asking(filter, "create_time", 1)));
      EXPECT_THAT(page.cases(), IsEmpty()) << caller.agency << " " << caller.actor;
      EXPECT_EQ(page.next_page_token(), "") << caller.agency << " " << caller.actor;
    }
    EXPECT_THAT(Listed(opener, Asking(filter)), ElementsAre("26-1001")) << "until a Crown is assigned";
    EXPECT_THAT(Listed(counsel_, Asking(filter)), ElementsAre("26-2002"));
    EXPECT_THAT(Listed(clerk_, Asking(filter)), UnorderedElementsAre("26-1001", "26-2002"));
    EXPECT_THAT(Listed(coordinator_, Asking(filter)), UnorderedElementsAre("26-1001", "26-2002"));
  }
  ASSERT_EQ(Assign(&flagged, colleague_), "");
  EXPECT_THAT(Listed(counsel_, Asking("")), IsEmpty()) << "another lead has taken over";
  EXPECT_THAT(Listed(colleague_, Asking("")), ElementsAre("26-2002"));
  v1::DeclareCaseConflictRequest conflict;
  conflict.set_name(flagged.name());
  conflict.set_etag(flagged.etag());
  ASSERT_OK(Call<v1::Case>(colleague_, conflict));
  EXPECT_THAT(Listed(colleague_, Asking("")), IsEmpty());
  EXPECT_THAT(Call<v1::ListCasesResponse>(police_, Asking("")), RefusedBy(rules::kAgencyKindNotPermitted));
}

TEST_P(CaseLists, AreNarrowedAndOrderedOverPagesOfAnyLength) {
  for (const char* information : {"26-3003", "26-1001", "25-2002"}) AssignedLater(information);
  for (int page_size : {0, 1, 2}) {
    EXPECT_THAT(Listed(counsel_, Asking("", "create_time desc", page_size)),
                ElementsAre("25-2002", "26-1001", "26-3003"));
    EXPECT_THAT(Listed(coordinator_, Asking("information_number : 26-", "create_time", page_size)),
                ElementsAre("26-3003", "26-1001"));
    EXPECT_THAT(Listed(clerk_, Asking("court_region = central-east AND NOT information_number = 26-1001",
                                      "create_time", page_size)),
                ElementsAre("26-3003", "25-2002"));
  }
  EXPECT_THAT(Listed(clerk_, Asking("court_region = north")), IsEmpty());
  EXPECT_THAT(Call<v1::ListCasesResponse>(clerk_, Asking("case_officer_ref = x")),
              RefusedBy(rules::kFieldInvalid));
}

TEST_P(CaseLists, NameNoVictimAndShowAClerkNothingSensitive) {
  v1::CreateCaseRequest request = NewCase();
  request.mutable_case_()->set_case_officer_ref("badge-7");
  v1::Case item;
  ASSERT_EQ(Rule(Call<v1::Case>(counsel_, request), &item), "");
  ASSERT_EQ(Assign(&item, counsel_), "");
  for (const Caller& caller : {counsel_, clerk_, coordinator_}) {
    const auto page = Must(Call<v1::ListCasesResponse>(caller, Asking("")));
    ASSERT_EQ(page.cases_size(), 1);
    for (const auto& victim : page.cases(0).victims()) EXPECT_EQ(victim.ref(), "") << caller.actor;
  }
  EXPECT_EQ(Must(Call<v1::ListCasesResponse>(counsel_, Asking(""))).cases(0).case_officer_ref(), "badge-7");
  EXPECT_EQ(Must(Call<v1::ListCasesResponse>(clerk_, Asking(""))).cases(0).case_officer_ref(), "");
}

TEST_P(CaseLists, HoldACaseOnceForWhoReadsItInTwoWays) {
  Caller both = counsel_;
  both.roles.push_back(annotations::v1::ROLE_CROWN_ADMIN);
  AssignedLater("26-1001");
  AssignedLater("26-2002");
  in_process_.clock().Advance(absl::Minutes(1));
  ASSERT_OK(Call<v1::Case>(colleague_, NewCase("26-3003")));
  for (int page_size : {1, 2, 3}) {
    EXPECT_THAT(Listed(both, Asking("", "create_time", page_size)),
                ElementsAre("26-1001", "26-2002", "26-3003"));
    EXPECT_THAT(Listed(both, Asking("information_number != 26-2002", "create_time desc", page_size)),
                ElementsAre("26-3003", "26-1001"));
  }
}

TEST_P(CaseLists, HaveWhatWasStoredBeforeThereWereSeatsAfterTheFirstSweep) {
  const v1::Case item = Assigned();
  const auto before = in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("delete from visible where kind = 'case' and agency not in ('cr-york', 'cr-phtpt')")
            .status());
    return tx.Exec("insert into unplaced (kind, name) values ('case', :p1)", item.name()).status();
  });
  ASSERT_OK(before);
  ASSERT_THAT(Listed(counsel_, Asking("")), IsEmpty());
  Sweep();
  EXPECT_THAT(Listed(counsel_, Asking("")), ElementsAre("26-1001"));
  EXPECT_THAT(Listed(clerk_, Asking("team_flag = true", "create_time desc")), ElementsAre("26-1001"));
  v1::GetCaseRequest get;
  get.set_name(item.name());
  EXPECT_EQ(Must(Call<v1::Case>(counsel_, get)).etag(), item.etag()) << "nobody has changed it";
}

}  // namespace
}  // namespace accord::prosecution
