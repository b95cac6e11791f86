#include "common/testing/every_list.h"
#include "services/prosecution/cases/next_court_day.h"
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class CaseTest : public ProsecutionFixture {
 protected:
  v1::Case Get(const std::string& name, const Caller& caller) {
    v1::GetCaseRequest request;
    request.set_name(name);
    return Must(Call<v1::Case>(caller, request));
  }
  std::string Ban(v1::Case* item, const std::string& victim, const std::string& inquired,
                  const std::string& told, const std::string& of_revocation) {
    v1::RecordPublicationBanRequest request;
    request.set_name(item->name());
    request.set_etag(item->etag());
    auto* ban = request.mutable_publication_ban();
    ban->set_authority(v1::BAN_AUTHORITY_S486_4);
    ban->set_victim(victim);
    ban->set_status(v1::BAN_STATUS_MADE);
    ban->set_wishes_inquired_on(inquired);
    ban->set_informed_of_ban_on(told);
    ban->set_informed_of_revocation_on(of_revocation);
    return Rule(Call<v1::Case>(counsel_, request), item);
  }
};

TEST_F(CaseTest, OneInformationIsOneCase) {
  Assigned();
  EXPECT_THAT(Call<v1::Case>(counsel_, NewCase()), RefusedBy(rules::kInformationTaken));
  v1::CreateCaseRequest elsewhere = NewCase();
  elsewhere.set_parent("agencies/cr-phtpt");
  EXPECT_THAT(Call<v1::Case>(coordinator_, elsewhere), RefusedBy(rules::kInformationTaken));
  v1::CreateCaseRequest wrong = NewCase("26-1002");
  wrong.mutable_case_()->set_court_region("north");
  EXPECT_THAT(Call<v1::Case>(counsel_, wrong), RefusedBy(rules::kWrongRegion));
  wrong.mutable_case_()->set_court_region("atlantis");
  EXPECT_THAT(Call<v1::Case>(coordinator_,
                             [&] {
                               wrong.set_parent("agencies/cr-phtpt");
                               return wrong;
                             }()),
              RefusedBy(rules::kRegionUnknown));
}

TEST_F(CaseTest, OnlyTheCoordinatorAssignsAndAConflictRefuses) {
  v1::Case item = Opened();
  v1::AssignCrownRequest request;
  request.set_name(item.name());
  request.set_etag(item.etag());
  request.set_agency("cr-york");
  request.set_crown("counsel");
  request.set_mode(v1::ASSIGNMENT_MODE_LEAD);
  const Caller false_coordinator = Crown("cr-york", "x", annotations::v1::ROLE_CROWN_COORDINATOR);
  EXPECT_THAT(Call<v1::Case>(counsel_, request), RefusedBy(rules::kRoleNotPermitted));
  EXPECT_THAT(Call<v1::Case>(false_coordinator, request), RefusedBy(rules::kNotFound));
  EXPECT_EQ(Assign(&item, elsewhere_), "CROWN_OF_ANOTHER_REGION");
  EXPECT_EQ(Assign(&item, counsel_), "");
  EXPECT_EQ(Assign(&item, team_), "");
  // A case has one lead at a time.
  EXPECT_FALSE(item.assignments(0).to().empty());
  v1::DeclareCaseConflictRequest conflict;
  conflict.set_name(item.name());
  conflict.set_etag(item.etag());
  EXPECT_THAT(Call<v1::Case>(counsel_, conflict), RefusedBy(rules::kNotFound));
  EXPECT_EQ(Rule(Call<v1::Case>(team_, conflict), &item), "");
  EXPECT_EQ(Assign(&item, team_), "CROWN_IN_CONFLICT");
}

TEST_F(CaseTest, ACrownWhoLeavesIsReplacedInTheSameModeAndReadsNothingMore) {
  v1::Case item = Assigned();
  const auto replace = [&](const Caller& who, const std::string& crown, const std::string& successor) {
    v1::ReplaceCrownRequest request;
    request.set_agency("cr-york");
    request.set_crown(crown);
    request.set_successor(successor);
    return Move(who, &item, request);
  };
  EXPECT_EQ(replace(counsel_, "counsel", colleague_.actor), "ROLE_NOT_PERMITTED");
  EXPECT_EQ(replace(coordinator_, "nobody", colleague_.actor), "ASSIGNMENT_ABSENT");
  EXPECT_EQ(replace(coordinator_, "counsel", "counsel"), "FIELD_INVALID");
  EXPECT_EQ(replace(coordinator_, "counsel", colleague_.actor), "");
  ASSERT_THAT(item.assignments(), SizeIs(2));
  EXPECT_FALSE(item.assignments(0).to().empty());
  EXPECT_EQ(item.assignments(1).crown(), colleague_.actor);
  EXPECT_EQ(item.assignments(1).mode(), v1::ASSIGNMENT_MODE_LEAD);
  EXPECT_EQ(UnreadCase(item.name(), counsel_), "NOT_FOUND");
  EXPECT_EQ(Get(item.name(), colleague_).victims(0).ref(), "victim-of-york-1");
  EXPECT_EQ(replace(coordinator_, "counsel", ""), "ASSIGNMENT_ABSENT") << "it has ended";
  EXPECT_EQ(replace(coordinator_, colleague_.actor, ""), "");
  EXPECT_THAT(item.assignments(), SizeIs(2)) << "the case is the coordinator's to assign";
}

TEST_F(CaseTest, WhoLeadsAlreadyIsNotMadeLessBySomebodyElsesLeaving) {
  v1::Case item = Assigned();
  ASSERT_EQ(Assign(&item, colleague_, v1::ASSIGNMENT_MODE_CO_COUNSEL), "");
  v1::ReplaceCrownRequest request;
  request.set_agency("cr-york");
  request.set_crown(colleague_.actor);
  request.set_successor("counsel");
  EXPECT_EQ(Move(coordinator_, &item, request), "");
  ASSERT_THAT(item.assignments(), SizeIs(2));
  EXPECT_EQ(item.assignments(0).to(), "") << "the lead leads on";
  EXPECT_FALSE(item.assignments(1).to().empty());
}

TEST_F(CaseTest, WhoDeclaredAConflictReplacesNobody) {
  v1::Case item = Assigned();
  ASSERT_EQ(Assign(&item, colleague_, v1::ASSIGNMENT_MODE_CO_COUNSEL), "");
  v1::DeclareCaseConflictRequest conflict;
  ASSERT_EQ(Move(colleague_, &item, conflict), "");
  v1::GetCaseRequest get;
  get.set_name(item.name());
  item = Must(Call<v1::Case>(coordinator_, get));
  v1::ReplaceCrownRequest request;
  request.set_agency("cr-york");
  request.set_crown("counsel");
  request.set_successor(colleague_.actor);
  EXPECT_EQ(Move(coordinator_, &item, request), "CROWN_IN_CONFLICT");
}

TEST_F(CaseTest, VictimsAreNamedToThoseWhoActAlone) {
  v1::Case item = Assigned();
  EXPECT_EQ(Get(item.name(), counsel_).victims(0).ref(), "victim-of-york-1");
  EXPECT_EQ(Get(item.name(), coordinator_).victims(0).ref(), "victim-of-york-1");
  ASSERT_EQ(Assign(&item, colleague_, v1::ASSIGNMENT_MODE_ADVISORY), "");
  for (const Caller& caller : {colleague_, clerk_}) {
    const v1::Case seen = Get(item.name(), caller);
    ASSERT_EQ(seen.name(), item.name()) << caller.actor;
    EXPECT_EQ(seen.victims(0).ref(), "") << caller.actor;
    EXPECT_EQ(seen.victims(0).id(), "v1") << caller.actor;
  }
  EXPECT_EQ(UnreadCase(item.name(), elsewhere_), "NOT_FOUND");
  const v1::Accused accused = Charged(item);
  EXPECT_EQ(Read(accused.name(), counsel_).accused_ref(), "accused-one-1");
  EXPECT_EQ(Read(accused.name(), clerk_).accused_ref(), "");
}

TEST_F(CaseTest, TheBanIsTheVictims) {
  v1::Case item = Assigned();
  // Until the prosecutor applies, it is the judge who tells of the right.
  EXPECT_THAT(item.open_tasks(), IsEmpty());
  EXPECT_EQ(Ban(&item, "v1", "2026-11-25", "", ""), "EVENT_IN_FUTURE");
  EXPECT_EQ(Ban(&item, "v7", "2026-11-20", "", ""), "VICTIM_UNKNOWN");
  EXPECT_EQ(Ban(&item, "v1", "2026-11-20", "", ""), "");
  EXPECT_THAT(item.open_tasks(), SizeIs(2));
  EXPECT_EQ(Ban(&item, "v1", "", "2026-11-21", "2026-11-21"), "");
  EXPECT_THAT(item.open_tasks(), IsEmpty());
  EXPECT_THAT(item.bans(), SizeIs(1));
  EXPECT_EQ(item.bans(0).wishes_inquired_on(), "2026-11-20");
  EXPECT_EQ(Ban(&item, "v2", "2026-11-20", "2026-11-20", "2026-11-20"), "");
  EXPECT_THAT(item.open_tasks(), IsEmpty());
}

TEST_F(CaseTest, OnlyAProsecutorWhoAppliesUnderTheGeneralProvisionsOwesTheTasks) {
  const auto owed = [&](v1::BanAuthority authority, bool by_another) {
    v1::Case item = Assigned(absl::StrCat("26-2", authority, by_another ? "a" : ""));
    v1::RecordPublicationBanRequest request;
    request.mutable_publication_ban()->set_authority(authority);
    request.mutable_publication_ban()->set_victim("v1");
    request.mutable_publication_ban()->set_status(v1::BAN_STATUS_APPLIED);
    request.mutable_publication_ban()->set_applied_by_another(by_another);
    EXPECT_EQ(Move(counsel_, &item, request), "");
    return item.open_tasks_size();
  };
  EXPECT_EQ(owed(v1::BAN_AUTHORITY_S486_4, false), 3);
  EXPECT_EQ(owed(v1::BAN_AUTHORITY_S486_5, false), 3);
  EXPECT_EQ(owed(v1::BAN_AUTHORITY_S486_4, true), 0);
  EXPECT_EQ(owed(v1::BAN_AUTHORITY_S486_5, true), 0);
  for (const auto other : {v1::BAN_AUTHORITY_YCJA_110, v1::BAN_AUTHORITY_YCJA_111, v1::BAN_AUTHORITY_S517,
                           v1::BAN_AUTHORITY_S539, v1::BAN_AUTHORITY_S278_9}) {
    EXPECT_EQ(owed(other, false), 0) << other;
  }
}

TEST_F(CaseTest, WhatAProsecutorOwesForABanIsOwedFromTheDayOfItsLaw) {
  On("2023-10-25");
  v1::Case item = Assigned();
  v1::RecordPublicationBanRequest request;
  request.mutable_publication_ban()->set_authority(v1::BAN_AUTHORITY_S486_4);
  request.mutable_publication_ban()->set_victim("v1");
  request.mutable_publication_ban()->set_status(v1::BAN_STATUS_APPLIED);
  EXPECT_EQ(Move(counsel_, &item, request), "");
  EXPECT_THAT(item.open_tasks(), IsEmpty());
  On("2023-10-26");
  request.mutable_publication_ban()->set_victim("v2");
  EXPECT_EQ(Move(counsel_, &item, request), "");
  EXPECT_THAT(item.open_tasks(), SizeIs(6)) << "three for each victim";
}

TEST_F(CaseTest, PrivateRecordsGoToTheJudgeFirst) {
  v1::Case item = Assigned();
  v1::RecordRecordsApplicationRequest request;
  const auto record = [&] {
    request.set_name(item.name());
    request.set_etag(item.etag());
    return Rule(Call<v1::Case>(counsel_, request), &item);
  };
  auto* filed = request.mutable_records_application();
  filed->set_victim("v1");
  filed->set_holder("cas-york");
  filed->set_filed_on("2026-10-01");
  EXPECT_EQ(record(), "");
  EXPECT_THAT(item.open_tasks(), SizeIs(1));
  filed->set_ordered_to_accused_on("2026-10-20");
  EXPECT_EQ(record(), "RECORDS_STAGE_SKIPPED");
  filed->set_ordered_to_judge_on("2026-10-21");
  EXPECT_EQ(record(), "DATES_OUT_OF_ORDER");
  filed->set_ordered_to_judge_on("2026-10-10");
  filed->set_counsel_offered_on("2026-10-02");
  EXPECT_EQ(record(), "");
  EXPECT_THAT(item.open_tasks(), IsEmpty());
  EXPECT_THAT(item.records_applications(), SizeIs(1));
  // If it is recorded again without them, what was ordered and offered stays.
  filed->clear_ordered_to_judge_on();
  filed->clear_ordered_to_accused_on();
  filed->clear_counsel_offered_on();
  EXPECT_EQ(record(), "");
  ASSERT_THAT(item.records_applications(), SizeIs(1));
  EXPECT_EQ(item.records_applications(0).ordered_to_judge_on(), "2026-10-10");
  EXPECT_EQ(item.records_applications(0).ordered_to_accused_on(), "2026-10-20");
  EXPECT_THAT(item.open_tasks(), IsEmpty());
}

TEST(NextCourtDay, ComesFromTheLatestAppearanceHoweverLateAnEarlierOneIsRecorded) {
  v1::Accused accused;
  EXPECT_EQ(NextCourtDay(accused), "");
  const auto add = [&](const std::string& on, const std::string& next) {
    accused.add_appearances()->set_on(on);
    accused.mutable_appearances()->rbegin()->set_next_on(next);
  };
  add("2026-05-04", "2026-06-01");
  add("2026-04-06", "2026-05-04");
  EXPECT_EQ(NextCourtDay(accused), "2026-06-01");
  add("2026-06-01", "");
  EXPECT_EQ(NextCourtDay(accused), "");
}

TEST_F(CaseTest, PoliceSeeTheStatusOfTheirOwnAndNothingElse) {
  const v1::Case item = Assigned();
  const v1::Accused accused = Charged(item);
  const auto page = Call<v1::ListCaseStatusesResponse>(police_, v1::ListCaseStatusesRequest());
  ASSERT_OK(page);
  ASSERT_THAT(page->case_statuses(), SizeIs(1));
  EXPECT_EQ(page->case_statuses(0).accused(), accused.name());
  EXPECT_EQ(page->case_statuses(0).information_number(), "26-1001");
  Caller durham = police_;
  durham.agency = "ps-durham";
  EXPECT_THAT(Must(Call<v1::ListCaseStatusesResponse>(durham, v1::ListCaseStatusesRequest())).case_statuses(),
              IsEmpty());
  v1::GetAccusedRequest get;
  get.set_name(accused.name());
  EXPECT_THAT(Call<v1::Accused>(police_, get), RefusedBy(rules::kAgencyKindNotPermitted));
}

TEST_F(CaseTest, StatusesAreNarrowedByTheStageThatTheySayAndByNothingElse) {
  const v1::Case item = Assigned();
  Charged(item);
  const auto listed = [&](const Caller& caller, const std::string& filter) {
    v1::ListCaseStatusesRequest request;
    request.set_filter(filter);
    request.set_order_by("name desc");
    return Call<v1::ListCaseStatusesResponse>(caller, request);
  };
  EXPECT_THAT(Must(listed(police_, "stage = charged")).case_statuses(), SizeIs(1));
  EXPECT_THAT(Must(listed(police_, "stage != charged")).case_statuses(), IsEmpty());
  Caller durham = police_;
  durham.agency = "ps-durham";
  EXPECT_THAT(Must(listed(durham, "stage = charged")).case_statuses(), IsEmpty());
  for (const char* unsaid : {"forum = superior_court", "charge_date > 2026-01-01", "lead_crown = counsel"}) {
    EXPECT_THAT(listed(police_, unsaid), RefusedBy(rules::kFieldInvalid)) << unsaid;
  }
}

TEST_F(CaseTest, AdviceIsListedByItsStateAndAge) {
  v1::CreateAdviceRequestRequest ask;
  ask.set_parent("agencies/ps-york");
  ask.mutable_advice_request()->set_crown_agency("cr-york");
  ask.mutable_advice_request()->set_question("may we charge");
  const auto first = Must(Call<v1::AdviceRequest>(police_, ask));
  in_process_.clock().Advance(absl::Hours(1));
  const auto second = Must(Call<v1::AdviceRequest>(police_, ask));
  v1::ListAdviceRequestsRequest newest;
  newest.set_filter("state = requested AND crown_agency = cr-york");
  newest.set_order_by("create_time desc");
  const auto listed = Must(Call<v1::ListAdviceRequestsResponse>(police_, newest));
  ASSERT_THAT(listed.advice_requests(), SizeIs(2));
  EXPECT_EQ(listed.advice_requests(0).name(), second.name());
  EXPECT_EQ(listed.advice_requests(1).name(), first.name());
  newest.set_filter("state = answered");
  EXPECT_THAT(Must(Call<v1::ListAdviceRequestsResponse>(police_, newest)).advice_requests(), IsEmpty());
}

TEST_F(CaseTest, ANameInTheWrongFieldOpensNothing) {
  v1::CreateCaseRequest request = NewCase();
  request.mutable_case_()->set_police_service("cr-ottawa");
  v1::Case item;
  ASSERT_EQ(Rule(Call<v1::Case>(counsel_, request), &item), "");
  ASSERT_EQ(Assign(&item, counsel_), "");
  const v1::Accused accused = Charged(item);
  EXPECT_EQ(Unread(accused.name(), elsewhere_), "NOT_FOUND");
  EXPECT_THAT(Board(elsewhere_), IsEmpty());
}

TEST_F(CaseTest, AdviceIsBetweenTheAskingServiceAndTheCrownOffice) {
  v1::CreateAdviceRequestRequest ask;
  ask.set_parent("agencies/ps-york");
  ask.mutable_advice_request()->set_crown_agency("cr-york");
  ask.mutable_advice_request()->set_question("may we charge");
  v1::AdviceRequest advice;
  ASSERT_EQ(Rule(Call<v1::AdviceRequest>(police_, ask), &advice), "");
  v1::AnswerAdviceRequestRequest answer;
  answer.set_name(advice.name());
  answer.set_etag(advice.etag());
  answer.set_answer("yes, under s. 279.01");
  EXPECT_THAT(Call<v1::AdviceRequest>(police_, answer), RefusedBy(rules::kAgencyKindNotPermitted));
  EXPECT_THAT(Call<v1::AdviceRequest>(elsewhere_, answer), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Call<v1::AdviceRequest>(coordinator_, answer), RefusedBy(rules::kNotFound));
  EXPECT_EQ(Rule(Call<v1::AdviceRequest>(colleague_, answer), &advice), "");
  answer.set_etag(advice.etag());
  EXPECT_THAT(Call<v1::AdviceRequest>(colleague_, answer), RefusedBy(rules::kAlreadyAnswered));
  v1::GetAdviceRequestRequest get;
  get.set_name(advice.name());
  EXPECT_EQ(Must(Call<v1::AdviceRequest>(police_, get)).answer(), "yes, under s. 279.01");
  EXPECT_THAT(Call<v1::AdviceRequest>(support_, get), RefusedBy(rules::kAgencyKindNotPermitted));
}

TEST_F(CaseTest, ALinkOpensWithConsentUntilItExpiresOrIsRevoked) {
  const v1::Case item = Assigned();
  v1::Accused accused = Charged(item);
  v1::CreateLinkTokenRequest request = LinkTo(item);
  request.mutable_link_token()->set_consent_on("2026-11-25");
  EXPECT_THAT(Call<v1::LinkToken>(counsel_, request), RefusedBy(rules::kEventInFuture));
  request = LinkTo(item);
  EXPECT_THAT(Call<v1::LinkToken>(colleague_, request), RefusedBy(rules::kNotFound));
  v1::LinkToken link;
  ASSERT_EQ(Rule(Call<v1::LinkToken>(counsel_, request), &link), "");
  for (const auto& [caller, links] : {std::pair{counsel_, 1}, {colleague_, 0}}) {
    const auto listed = Call<v1::ListLinkTokensResponse>(caller, v1::ListLinkTokensRequest());
    ASSERT_OK(listed);
    EXPECT_THAT(listed->link_tokens(), SizeIs(links)) << caller.actor;
  }
  v1::GetLinkedCaseRequest open;
  open.set_name(link.name());
  const auto opened = Call<v1::GetLinkedCaseResponse>(support_, open);
  ASSERT_OK(opened);
  ASSERT_THAT(opened->outcomes(), SizeIs(1));
  EXPECT_EQ(opened->outcomes(0).stage(), v1::STAGE_CHARGED);
  // Nothing names the victim, the accused or another victim.
  for (const char* secret : {"victim-of-york-1", "another-victim-1", "accused-one-1"}) {
    EXPECT_EQ(opened->SerializeAsString().find(secret), std::string::npos) << secret;
  }
  Caller other = support_;
  other.agency = "vs-durham";
  EXPECT_THAT(Call<v1::GetLinkedCaseResponse>(other, open), RefusedBy(rules::kNotFound));
  On("2027-01-01");
  EXPECT_THAT(Call<v1::GetLinkedCaseResponse>(support_, open), RefusedBy(rules::kLinkNotOpen));
  On("2026-12-01");
  v1::RevokeLinkTokenRequest revoke;
  revoke.set_name(link.name());
  revoke.set_etag(link.etag());
  EXPECT_EQ(Rule(Call<v1::LinkToken>(counsel_, revoke), &link), "");
  EXPECT_THAT(Call<v1::GetLinkedCaseResponse>(support_, open), RefusedBy(rules::kNotFound));
}

TEST_F(CaseTest, ASupportAgencyEndsItsLinkAtOnceWhenTheVictimWithdraws) {
  const v1::Case item = Assigned();
  v1::LinkToken link;
  ASSERT_EQ(Rule(Call<v1::LinkToken>(counsel_, LinkTo(item)), &link), "");
  v1::RevokeLinkTokenRequest revoke;
  revoke.set_name(link.name());
  revoke.set_etag(link.etag());
  Caller other = support_;
  other.agency = "vs-durham";
  EXPECT_THAT(Call<v1::LinkToken>(other, revoke), RefusedBy(rules::kNotFound));
  revoke.set_request_id("the-same-request");
  for (int times = 0; times < 2; ++times) {
    const auto told = Call<v1::LinkToken>(support_, revoke);
    ASSERT_OK(told) << "the answer may have been lost";
    EXPECT_TRUE(told->revoked());
    EXPECT_EQ(told->name(), link.name());
    EXPECT_EQ(told->case_() + told->victim(), "") << "of the case it reads nothing any more";
  }
  v1::GetLinkedCaseRequest open;
  open.set_name(link.name());
  EXPECT_THAT(Call<v1::GetLinkedCaseResponse>(support_, open), RefusedBy(rules::kNotFound));
  revoke.set_request_id("another-request");
  EXPECT_THAT(Call<v1::LinkToken>(support_, revoke), RefusedBy(rules::kNotFound));
  // The Crown sees that the link is over.
  const auto listed = Call<v1::ListLinkTokensResponse>(counsel_, v1::ListLinkTokensRequest());
  ASSERT_OK(listed);
  ASSERT_THAT(listed->link_tokens(), SizeIs(1));
  EXPECT_TRUE(listed->link_tokens(0).revoked());
}

TEST_F(CaseTest, EveryListEndsItsPagesBeforeTheyAreTooLarge) {
  EXPECT_GT(accord::testing::ReadEveryList(&in_process_, "accord.prosecution.v1"), 1);
}

}  // namespace
}  // namespace accord::prosecution
