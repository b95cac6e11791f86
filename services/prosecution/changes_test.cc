// These tests show who is told what by the one feed of this service: the readers of a case differ from person
// to person.
#include "common/testing/change_watch.h"
#include "common/testing/resource_verbs.h"
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Changes : public ProsecutionFixture {
 protected:
  std::string Now(const Caller& who) { return testing::PositionNow(&in_process_, who); }
  testing::ToldChanges Watch(const Caller& who, const std::string& from, const std::string& kind = "") {
    return testing::WatchKind(&in_process_, who, from, kind);
  }
  v1::LinkToken Link(const v1::Case& of) { return Must(Call<v1::LinkToken>(counsel_, LinkTo(of))); }
};

TEST_F(Changes, OfACaseAreToldToItsCrownsTheCoordinatorAndTheOfficesClerksAlone) {
  const std::string york = Now(counsel_), team = Now(coordinator_), ottawa = Now(elsewhere_);
  v1::CreateCaseRequest request = NewCase();
  request.mutable_case_()->set_team_flag(false);
  v1::Case plain;
  ASSERT_EQ(Rule(Call<v1::Case>(colleague_, request), &plain), "");
  EXPECT_THAT(Watch(colleague_, york).names(), ElementsAre(plain.name())) << "who opened it, until then";
  EXPECT_THAT(Watch(counsel_, york).names(), IsEmpty());
  EXPECT_THAT(Watch(clerk_, york).names(), ElementsAre(plain.name()));
  EXPECT_THAT(Watch(coordinator_, team).names(), ElementsAre(plain.name())) << "flagged or not";
  EXPECT_THAT(Watch(team_, team).names(), IsEmpty());
  EXPECT_THAT(Watch(elsewhere_, ottawa).names(), IsEmpty());
  ASSERT_EQ(Assign(&plain, counsel_), "");
  EXPECT_THAT(Watch(colleague_, york).names(), IsEmpty()) << "who opened it is not assigned by that";
  const auto told = Watch(counsel_, york);
  ASSERT_EQ(told.changes.size(), 2u);
  EXPECT_EQ(told.changes[0].kind(), "case");
  EXPECT_EQ(told.changes[0].verb(), "CreateCase");
  EXPECT_EQ(told.changes[1].verb(), "AssignCrown");
  // Whoever takes over is told, and whoever has given up the case is told no more, not even of what
  // happened before.
  ASSERT_EQ(Assign(&plain, colleague_), "");
  EXPECT_THAT(Watch(counsel_, york).names(), IsEmpty());
  EXPECT_EQ(Watch(colleague_, york).changes.size(), 3u);
}

TEST_F(Changes, GoOnFromTheListOfCases) {
  const v1::Case before = Assigned();
  const auto list = Must(Call<v1::ListCasesResponse>(counsel_, v1::ListCasesRequest()));
  ASSERT_EQ(list.cases_size(), 1);
  EXPECT_EQ(list.cases(0).name(), before.name());
  EXPECT_THAT(Watch(counsel_, list.watch_token()).names(), IsEmpty());
  const v1::Case next = Assigned("26-2002");
  EXPECT_THAT(Watch(counsel_, list.watch_token()).names(), ElementsAre(next.name(), next.name()))
      << "once for each of its changes";
}

TEST_F(Changes, OfAnAccusedAreToldWithStageLeadAndDueTime) {
  const v1::Case item = Assigned();
  const std::string york = Now(counsel_), police = Now(police_);
  const v1::Accused accused = Charged(item);
  const auto told = Watch(counsel_, york, "accused");
  ASSERT_THAT(told.names(), ElementsAre(accused.name()));
  const v1::Accused read = Read(accused.name(), counsel_);
  EXPECT_EQ(told.changes[0].verb(), "CreateAccused");
  EXPECT_EQ(told.changes[0].agency(), "cr-york");
  EXPECT_EQ(told.changes[0].state(), "charged");
  EXPECT_EQ(told.changes[0].assignee(), counsel_.actor);
  ASSERT_EQ(told.changes[0].has_next_due(), read.has_next_due());
  EXPECT_EQ(told.changes[0].next_due().SerializeAsString(), read.next_due().SerializeAsString());
  EXPECT_THAT(Watch(colleague_, york).names(), IsEmpty());
  EXPECT_THAT(Watch(police_, police).names(), IsEmpty()) << "police read the status of their cases alone";
}

TEST_F(Changes, OfALinkAreToldToThoseItIsFor) {
  const v1::Case item = Assigned();
  const std::string york = Now(counsel_), support = Now(support_);
  v1::LinkToken link = Link(item);
  EXPECT_THAT(Watch(support_, support).names(), ElementsAre(link.name()));
  EXPECT_THAT(Watch(counsel_, york, "link_token").names(), ElementsAre(link.name()));
  EXPECT_THAT(Watch(colleague_, york).names(), IsEmpty());
  v1::RevokeLinkTokenRequest revoke;
  revoke.set_name(link.name());
  revoke.set_etag(link.etag());
  ASSERT_OK(Call<v1::LinkToken>(counsel_, revoke));
  EXPECT_THAT(Watch(support_, support).names(), IsEmpty());
  EXPECT_EQ(Watch(counsel_, york, "link_token").changes.size(), 2u);
}

TEST_F(Changes, OfANoteOnACaseAreToldToItsReadersAlone) {
  const v1::Case item = Assigned();
  const std::string york = Now(counsel_), police = Now(police_);
  const auto write = [&](v1::CaseNoteReaders readers) {
    v1::CreateCaseNoteRequest request;
    request.set_parent("agencies/ps-york");
    request.mutable_case_note()->set_case_(item.name());
    request.mutable_case_note()->set_readers(readers);
    request.mutable_case_note()->set_text("the witness moved away");
    return Must(Call<v1::CaseNote>(police_, request)).name();
  };
  const std::string own = write(v1::CASE_NOTE_READERS_OWN_AGENCY), both = write(v1::CASE_NOTE_READERS_BOTH);
  EXPECT_THAT(Watch(police_, police).names(), ElementsAre(own, both));
  const auto told = Watch(counsel_, york);
  ASSERT_THAT(told.names(), ElementsAre(both));
  EXPECT_EQ(told.changes[0].kind(), "case_note");
  EXPECT_EQ(told.changes[0].verb(), "CreateCaseNote");
  EXPECT_THAT(Watch(colleague_, york).names(), IsEmpty()) << "who is not assigned";
}

TEST_F(Changes, AreOfEveryKindThatTheTableOfVerbsSays) {
  EXPECT_EQ(testing::HoldFeedKinds(&in_process_, "accord.prosecution.v1", counsel_), 8);
}

TEST_F(Changes, ALinkIsGotByItsNameByThoseWhoListIt) {
  const v1::Case of = Assigned();
  const v1::LinkToken link = Link(of);
  v1::GetLinkTokenRequest request;
  request.set_name(link.name());
  for (const Caller& caller : {counsel_, support_}) {
    EXPECT_EQ(Must(Call<v1::LinkToken>(caller, request)).name(), link.name()) << caller.agency;
  }
  EXPECT_THAT(Call<v1::LinkToken>(elsewhere_, request), RefusedBy(rules::kNotFound));
  v1::RevokeLinkTokenRequest revoke;
  revoke.set_name(link.name());
  revoke.set_etag(link.etag());
  EXPECT_OK(Call<v1::LinkToken>(support_, revoke));
  EXPECT_THAT(Call<v1::LinkToken>(support_, request), RefusedBy(rules::kNotFound)) << "it was given up";
  EXPECT_TRUE(Must(Call<v1::LinkToken>(counsel_, request)).revoked());
}

}  // namespace
}  // namespace accord::prosecution
